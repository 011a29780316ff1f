package io.tollwatch.ledger.store;

import static io.tollwatch.ledger.store.Table.column;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an exchange's facts lie in their row: what is filtered, counted and measured.
final class FactsRow {

  /// The columns of the phases, in the phases' order.
  static final List<String> PHASES =
      Arrays.stream(Phase.values()).map(phase -> phase.word() + "_us").toList();

  private static final List<Table.Column> OUTCOME =
      Stream.concat(
              Stream.of(
                  column("progress", Kind.TEXT),
                  column("category", Kind.TEXT),
                  column("fault", Kind.TEXT),
                  column("money", Kind.TEXT),
                  column("sla_fault", Kind.FLAG),
                  column("status", Kind.SMALL),
                  column("total_us", Kind.NUMBER)),
              PHASES.stream().map(name -> column(name, Kind.NUMBER)))
          .toList();

  static final Table TABLE =
      new Table(
          "exchange",
          Stream.concat(
                  Stream.of(
                      column("no", Kind.NUMBER),
                      column("id", Kind.TEXT),
                      column("journal", Kind.SMALL),
                      column("started_at", Kind.TIME),
                      column("origin", Kind.TEXT),
                      column("provider", Kind.TEXT),
                      column("operation", Kind.TEXT),
                      column("moves_money", Kind.FLAG)),
                  OUTCOME.stream())
              .toList());

  /// The first outcome stays.
  static final String END =
      "update exchange set %s where no = ? and progress is null"
          .formatted(
              OUTCOME.stream()
                  .map(column -> column.name() + " = ?")
                  .collect(Collectors.joining(", ")));

  /// What [#fact] reads.
  static final String FACT =
      "e.started_at, e.provider, e.operation, e.category, e.fault, e.money, e.sla_fault, e.total_us, "
          + PHASES.stream().map(column -> "e." + column).collect(Collectors.joining(", "));

  private static final int TOTAL = 8;

  private static final Words<Operation> OPERATIONS =
      new Words<>(Operation.values(), Operation::word);
  private static final Words<Category> CATEGORIES = new Words<>(Category.values(), Category::word);
  private static final Words<Fault> FAULTS = new Words<>(Fault.values(), Fault::word);
  private static final Words<Money> MONEY = new Words<>(Money.values(), Money::word);

  private FactsRow() {}

  /// The constants that words stand for, found without a copy of the word. Immutable.
  private static final class Words<T> {

    private final Map<String, T> constants;

    Words(T[] constants, Function<T, String> word) {
      this.constants =
          Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(word, it -> it));
    }

    T get(String word) {
      T constant = constants.get(word);
      if (constant == null) {
        throw new IllegalArgumentException("no such word: " + word);
      }
      return constant;
    }
  }

  static Fact fact(ResultSet row) throws SQLException {
    String category = row.getString(4);
    return new Fact(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        row.getString(2),
        OPERATIONS.get(row.getString(3)),
        category == null
            ? Optional.empty()
            : Optional.of(
                new Fact.Ended(
                    CATEGORIES.get(category),
                    FAULTS.get(row.getString(5)),
                    MONEY.get(row.getString(6)),
                    row.getBoolean(7))),
        category == null ? Fact.Durations.none() : durations(row));
  }

  private static Fact.Durations durations(ResultSet row) throws SQLException {
    Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    int column = TOTAL;
    for (Phase phase : Phase.values()) {
      column++;
      long micros = row.getLong(column);
      if (!row.wasNull()) {
        phases.put(phase, micros);
      }
    }
    long total = row.getLong(TOTAL);
    return new Fact.Durations(
        row.wasNull() ? OptionalLong.empty() : OptionalLong.of(total), phases);
  }

  static void put(Row row, long no, int journal, Exchange exchange) throws SQLException {
    Intent intent = exchange.intent();
    row.number(no)
        .text(intent.id())
        .small(journal)
        .time(intent.startedAt())
        .text(intent.origin().word())
        .text(intent.provider())
        .text(intent.operation().word())
        .flag(intent.movesMoney());
    if (exchange.outcome().isPresent()) {
      bindOutcome(row, exchange.outcome().get());
    } else {
      bindNoOutcome(row);
    }
    row.add();
  }

  static void bindEnd(PreparedStatement update, long no, Outcome outcome) throws SQLException {
    bindOutcome(new Binder(update), outcome).number(no).add();
  }

  private static Row bindOutcome(Row row, Outcome outcome) throws SQLException {
    Verdict verdict = outcome.verdict();
    PhaseTimings timings = outcome.timings();
    boolean unseen = verdict.rule().equals(Unfinished.RULE);
    row.text(outcome.progress().word())
        .text(verdict.category().word())
        .text(verdict.fault().word())
        .text(verdict.money().word())
        .flag(verdict.slaFault())
        .small(outcome.answer().map(Answer::status).orElse(null))
        .number(unseen ? null : micros(timings.total()));
    for (Phase phase : Phase.values()) {
      row.number(timings.duration(phase).map(FactsRow::micros).orElse(null));
    }
    return row;
  }

  private static void bindNoOutcome(Row row) throws SQLException {
    row.text(Optional.empty()).text(Optional.empty()).text(Optional.empty()).text(Optional.empty());
    row.flag(null).small(null).number(null);
    for (Phase _ : Phase.values()) {
      row.number(null);
    }
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
