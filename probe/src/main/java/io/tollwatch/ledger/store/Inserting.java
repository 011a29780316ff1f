package io.tollwatch.ledger.store;

import static io.tollwatch.ledger.store.Table.column;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Inserts exchanges that the store does not know, with their outcomes where they have any. Part of
/// the caller's transaction, and confined to it.
final class Inserting {

  private static final Table UNSETTLED =
      new Table(
          "exchange_unsettled", List.of(column("no", Kind.NUMBER), column("in_doubt", Kind.FLAG)));

  private static final Table DUPLICATES =
      new Table("exchange_duplicate", List.of(column("no", Kind.NUMBER)));

  private final Connection connection;
  private final Way way;
  private final int journal;
  private final FreeNumbers numbers;

  /// How rows get into a table.
  @FunctionalInterface
  interface Way {
    Rows into(Table table) throws SQLException;
  }

  Inserting(Connection connection, Way way, int journal, FreeNumbers numbers) {
    this.connection = connection;
    this.way = way;
    this.journal = journal;
    this.numbers = numbers;
  }

  /// Inserts them all.
  ///
  /// @throws SQLException of SQLSTATE class 23 if one is there, of class 22 if one can't be held
  void insert(List<Exchange> exchanges) throws SQLException {
    if (exchanges.isEmpty()) {
      return;
    }
    try (Rows facts = way.into(FactsRow.TABLE);
        Rows details = way.into(DetailRow.TABLE);
        Rows bodies = way.into(DetailRow.BODIES);
        Rows unsettled = way.into(UNSETTLED);
        Rows duplicates = way.into(DUPLICATES);
        Rows noSuccess = way.into(NoSuccessRow.TABLE)) {
      LookupEntries lookup = new LookupEntries();
      CallCounts counts = new CallCounts();
      List<String> doubts = new ArrayList<>();
      for (Exchange next : exchanges) {
        long no = numbers.take(RowNumber.first(next.id(), next.intent().startedAt()), next.id());
        FactsRow.put(facts.row(), no, journal, next);
        DetailRow.put(details.row(), no, next);
        bindBodies(bodies, no, next);
        bindUnsettled(unsettled, no, next.outcome());
        bindDuplicate(duplicates, no, next.intent());
        counts.add(kind(noSuccess, no, next));
        lookup.add(no, next);
        if (next.outcome().filter(Inserting::isInDoubt).isPresent()) {
          doubts.add(next.id());
        }
      }
      facts.write();
      details.write();
      bodies.write();
      unsettled.write();
      duplicates.write();
      noSuccess.write();
      counts.write(connection);
      new Lookup(connection).add(lookup);
      new Notes(connection).settle(doubts);
    } catch (RuntimeException e) {
      throw new SQLDataException("no row can be made of it: " + e.getMessage(), "22000", e);
    }
  }

  /// What it counts as; one without success gets its row.
  private CallKind kind(Rows noSuccess, long no, Exchange exchange) throws SQLException {
    CallKind begun = CallKind.of(journal, exchange.intent());
    if (exchange.outcome().isEmpty()) {
      return begun;
    }
    Outcome outcome = exchange.outcome().get();
    CallKind ended = begun.ended(outcome.verdict());
    if (NoSuccessRow.isOf(outcome)) {
      NoSuccessRow.put(noSuccess.row(), no, exchange.intent().startedAt(), ended, outcome);
    }
    return ended;
  }

  private static void bindBodies(Rows rows, long no, Exchange exchange) throws SQLException {
    Optional<String> request = DetailRow.request(exchange);
    Optional<String> answer = exchange.outcome().flatMap(DetailRow::answer);
    if (request.isPresent() || answer.isPresent()) {
      rows.row().number(no).utf8(request).utf8(answer).add();
    }
  }

  private static void bindUnsettled(Rows rows, long no, Optional<Outcome> outcome)
      throws SQLException {
    if (outcome.isEmpty() || isInDoubt(outcome.get())) {
      rows.row().number(no).flag(outcome.isPresent()).add();
    }
  }

  private static void bindDuplicate(Rows rows, long no, Intent intent) throws SQLException {
    if (intent.duplicateOf().isPresent()) {
      rows.row().number(no).add();
    }
  }

  static boolean isInDoubt(Outcome outcome) {
    return outcome.verdict().money() == Money.IN_DOUBT;
  }
}
