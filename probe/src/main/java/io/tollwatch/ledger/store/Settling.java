package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Gives what has no outcome one that says so, a page in each transaction. Confined to its caller.
final class Settling {

  private static final int PAGE = 500;
  private static final String OPEN =
      """
      select d.intent from exchange_unsettled u
        join exchange e on e.no = u.no join exchange_detail d on d.no = u.no
      where u.in_doubt = false and e.started_at < ?
        and e.journal = (select j.no from journal j where j.id = ?)
      limit ?
      """;

  private final Connection connection;
  private final UUID journal;
  private final Instant before;

  Settling(Connection connection, UUID journal, Instant before) {
    this.connection = connection;
    this.journal = journal;
    this.before = before;
  }

  /// Settles all there is.
  ///
  /// @return how many
  int run() throws SQLException {
    connection.setAutoCommit(false);
    int settled = 0;
    for (List<Outcome> page = page(); !page.isEmpty(); page = page()) {
      new Ending(connection).end(page);
      connection.commit();
      settled += page.size();
    }
    return settled;
  }

  private List<Outcome> page() throws SQLException {
    List<Outcome> endings = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(OPEN)) {
      select.setObject(1, before.atOffset(ZoneOffset.UTC));
      select.setObject(2, journal);
      select.setInt(3, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          endings.add(Unfinished.outcome(ExchangeJson.intent(row.getBytes(1), body -> body)));
        }
      }
    }
    return endings;
  }
}
