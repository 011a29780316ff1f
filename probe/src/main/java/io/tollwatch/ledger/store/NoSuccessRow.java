package io.tollwatch.ledger.store;

import static io.tollwatch.ledger.store.Table.column;

import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How those few exchanges lie in a table of their own that ended, but not in success, or are in
/// doubt.
final class NoSuccessRow {

  static final Table TABLE =
      new Table(
          "exchange_no_success",
          List.of(
              column("no", Kind.NUMBER),
              column("id", Kind.TEXT),
              column("started_at", Kind.TIME),
              column("origin", Kind.TEXT),
              column("provider", Kind.TEXT),
              column("operation", Kind.TEXT),
              column("category", Kind.TEXT),
              column("fault", Kind.TEXT),
              column("money", Kind.TEXT),
              column("sla_fault", Kind.FLAG),
              column("gateway_code", Kind.TEXT),
              column("gateway_message", Kind.TEXT),
              column("documents_tell_more", Kind.FLAG)));

  private static final int CODE = 8;

  private NoSuccessRow() {}

  /// Whether an exchange with that outcome has one.
  static boolean isOf(Outcome outcome) {
    return outcome.verdict().category() != Category.SUCCEEDED || Inserting.isInDoubt(outcome);
  }

  /// @param kind that of the exchange, ended
  static void put(Row row, long no, Instant startedAt, CallKind kind, Outcome outcome)
      throws SQLException {
    Verdict verdict = outcome.verdict();
    row.number(no)
        .text(outcome.id())
        .time(startedAt)
        .text(kind.origin())
        .text(kind.provider())
        .text(kind.operation())
        .text(kind.category())
        .text(kind.fault())
        .text(kind.money())
        .flag(kind.slaFault())
        .text(verdict.gateway().code())
        .text(verdict.gateway().message())
        .flag(
            Inserting.isInDoubt(outcome)
                || outcome.broken().isPresent()
                || verdict.trail().unmapped().isPresent())
        .add();
  }

  /// Asks for those that meet the conditions of a slice, oldest first.
  static Question question(Where where) {
    return new Question(
        """
        select e.id, e.started_at, e.provider, e.category, e.fault, e.money, e.sla_fault,
          e.gateway_code, e.gateway_message, d.outcome,
          case when e.money = 'in_doubt' then d.intent end
        %s left join exchange_detail d on d.no = case when e.documents_tell_more then e.no end
        %s order by e.no
        """
            .formatted(where.from(TABLE.name()), where.sql()),
        (_, statement) -> where.bind(statement));
  }

  static NoSuccess read(ResultSet row) throws SQLException {
    byte @Nullable [] outcome = row.getBytes(CODE + 2);
    ExchangeJson.Why why = outcome == null ? ExchangeJson.Why.NOTHING : ExchangeJson.why(outcome);
    return new NoSuccess(
        row.getString(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        new Fact.Ended(
            Category.ofWord(row.getString(4)),
            Fault.ofWord(row.getString(5)),
            Money.ofWord(row.getString(6)),
            row.getBoolean(7)),
        Optional.ofNullable(row.getString(CODE)),
        Optional.ofNullable(row.getString(CODE + 1)),
        why.broken(),
        why.verdict().map(Verdict::trail).orElse(Trail.none()),
        Optional.ofNullable(row.getBytes(CODE + 3)).map(ExchangeJson::handles));
  }
}
