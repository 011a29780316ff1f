package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Inserts exchanges that the store does not know, with their outcomes where they have any. Part of
/// the caller's transaction, and confined to it.
final class Inserting {

  private static final String INSERT_UNSETTLED =
      "insert into exchange_unsettled (no, in_doubt) values (?, ?)";

  private final Connection connection;
  private final int journal;
  private final FreeNumbers numbers;

  Inserting(Connection connection, int journal, FreeNumbers numbers) {
    this.connection = connection;
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
    try (PreparedStatement facts = connection.prepareStatement(FactsRow.INSERT);
        PreparedStatement details = connection.prepareStatement(DetailRow.INSERT);
        PreparedStatement bodies = connection.prepareStatement(DetailRow.INSERT_BODIES);
        PreparedStatement unsettled = connection.prepareStatement(INSERT_UNSETTLED)) {
      LookupEntries lookup = new LookupEntries();
      List<String> doubts = new ArrayList<>();
      for (Exchange next : exchanges) {
        long no = numbers.take(RowNumber.first(next.id(), next.intent().startedAt()), next.id());
        FactsRow.bindInsert(facts, no, journal, next);
        DetailRow.bindInsert(details, no, next);
        bindBodies(bodies, no, next);
        bindUnsettled(unsettled, no, next.outcome());
        lookup.add(no, next);
        if (next.outcome().filter(Inserting::isInDoubt).isPresent()) {
          doubts.add(next.id());
        }
      }
      facts.executeBatch();
      details.executeBatch();
      bodies.executeBatch();
      unsettled.executeBatch();
      new Lookup(connection).add(lookup);
      new Notes(connection).settle(doubts);
    } catch (RuntimeException e) {
      throw new SQLDataException("no row can be made of it: " + e.getMessage(), "22000", e);
    }
  }

  private static void bindBodies(PreparedStatement insert, long no, Exchange exchange)
      throws SQLException {
    Optional<String> request = DetailRow.request(exchange);
    Optional<String> answer = exchange.outcome().flatMap(DetailRow::answer);
    if (request.isPresent() || answer.isPresent()) {
      new Binder(insert).number(no).utf8(request).utf8(answer).add();
    }
  }

  private static void bindUnsettled(PreparedStatement insert, long no, Optional<Outcome> outcome)
      throws SQLException {
    if (outcome.isEmpty() || isInDoubt(outcome.get())) {
      new Binder(insert).number(no).flag(outcome.isPresent()).add();
    }
  }

  static boolean isInDoubt(Outcome outcome) {
    return outcome.verdict().money() == Money.IN_DOUBT;
  }
}
