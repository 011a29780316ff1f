package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.redaction.KeptBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries the rows of schema version 1 over into the present tables, a page in each transaction,
/// so that it goes on where a kill has stopped it. A step of the schema could not do it: durations
/// stand only within the documents, and the two databases read JSON differently.
final class OldRows {

  private static final int PAGE = 500;
  private static final String TABLE = "exchange_v1";

  private OldRows() {}

  static void carryOver(Connection connection) throws SQLException {
    if (!isThere(connection)) {
      return;
    }
    connection.setAutoCommit(false);
    for (List<Exchange> page = page(connection); !page.isEmpty(); page = page(connection)) {
      int journal = Journals.advance(connection, Store.NO_JOURNAL, new Position(0, 0));
      new Inserting(connection, journal).insert(page);
      delete(connection, page);
      connection.commit();
    }
    try (Statement drop = connection.createStatement()) {
      drop.execute("drop table if exists " + TABLE);
    }
    connection.commit();
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), TABLE, null)) {
      return tables.next();
    }
  }

  private static List<Exchange> page(Connection connection) throws SQLException {
    List<Exchange> page = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select intent, request_body, outcome, answer_body from exchange_v1 order by id limit"
                + " ?")) {
      select.setInt(1, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(exchange(row));
        }
      }
    }
    return page;
  }

  private static Exchange exchange(ResultSet row) throws SQLException {
    String request = row.getString(2);
    String answer = row.getString(4);
    return new Exchange(
        ExchangeJson.intent(row.getString(1), body -> withText(body, request)),
        Optional.ofNullable(row.getString(3))
            .map(json -> ExchangeJson.outcome(json, body -> withText(body, answer))));
  }

  /// No body of that version ever expired: one without a text was empty.
  private static KeptBody withText(KeptBody body, @Nullable String text) {
    return new KeptBody(text == null ? "" : text, body.state(), body.totalBytes());
  }

  private static void delete(Connection connection, List<Exchange> page) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from exchange_v1 where id = ?")) {
      for (Exchange each : page) {
        delete.setString(1, each.id());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }
}
