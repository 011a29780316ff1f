package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.redaction.KeptBody;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Carries the rows of former schemas over into the present tables, a page in each transaction, so
/// that it goes on where a kill has stopped it. A step of the schema could not do it: durations
/// stood only within the documents, numbers are made of ids, and the two databases read JSON
/// differently. Confined to one opening of the store.
final class OldRows {

  private static final int PAGE = 500;

  /// Documents and bodies in one table; its bodies never expired, so one without a text was empty.
  private static final Former ONE =
      new Former(
          List.of("exchange_v1"),
          """
          select id, cast(null as integer), intent, request_body, outcome, answer_body from exchange_v1
          order by id limit ?
          """,
          "id",
          (body, text) -> new KeptBody(text == null ? "" : text, body.state(), body.totalBytes()));

  /// The present tables, numbered as they came, with their documents as text.
  private static final Former TWO =
      new Former(
          List.of("exchange_v2", "exchange_detail_v2", "exchange_body_v2"),
          """
          select e.no, e.journal, d.intent, b.request, d.outcome, b.answer from exchange_v2 e
            join exchange_detail_v2 d on d.no = e.no left join exchange_body_v2 b on b.no = e.no
          order by e.no limit ?
          """,
          "no",
          DetailRow::withText);

  private final Connection connection;

  private OldRows(Connection connection) {
    this.connection = connection;
  }

  static void carryOver(Connection connection) throws SQLException {
    OldRows old = new OldRows(connection);
    for (Former former : List.of(ONE, TWO)) {
      if (old.isThere(former)) {
        old.carryOver(former);
      }
    }
  }

  private void carryOver(Former former) throws SQLException {
    connection.setAutoCommit(false);
    for (List<Row> page = page(former); !page.isEmpty(); page = page(former)) {
      insert(page);
      delete(former, page);
      connection.commit();
    }
    try (Statement drop = connection.createStatement()) {
      for (String table : former.tables()) {
        drop.execute("drop table if exists " + table);
      }
    }
    connection.commit();
  }

  private void insert(List<Row> page) throws SQLException {
    int unnamed = Journals.advance(connection, Store.NO_JOURNAL, new Position(0, 0));
    KnownRow.Found known =
        KnownRow.find(connection, page.stream().map(row -> row.exchange().id()).toList());
    FreeNumbers numbers = new FreeNumbers(known.taken());
    Map<Integer, List<Exchange>> fresh = new TreeMap<>();
    for (Row each : page) {
      if (!known.byId().containsKey(each.exchange().id())) {
        int journal = Objects.requireNonNullElse(each.journal(), unnamed);
        fresh.computeIfAbsent(journal, _ -> new ArrayList<>()).add(each.exchange());
      }
    }
    for (Map.Entry<Integer, List<Exchange>> each : fresh.entrySet()) {
      new Inserting(
              connection, table -> BatchedRows.into(table, connection), each.getKey(), numbers)
          .insert(each.getValue());
    }
  }

  private boolean isThere(Former former) throws SQLException {
    return Schema.has(connection, former.tables().getFirst());
  }

  private List<Row> page(Former former) throws SQLException {
    List<Row> page = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(former.select())) {
      select.setInt(1, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(
              new Row(row.getObject(1), row.getObject(2, Integer.class), former.exchange(row)));
        }
      }
    }
    return page;
  }

  private void delete(Former former, List<Row> page) throws SQLException {
    for (String table : former.tables()) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from %s where %s = ?".formatted(table, former.key()))) {
        for (Row each : page) {
          delete.setObject(1, each.key());
          delete.addBatch();
        }
        delete.executeBatch();
      }
    }
  }

  /// An old row.
  ///
  /// @param journal the number of the journal that it came from, if one was kept
  private record Row(Object key, @Nullable Integer journal, Exchange exchange) {}

  /// A former form of the tables.
  ///
  /// @param tables the facts' first
  /// @param select the oldest rows: key, journal, intent, request's text, outcome, answer's text
  /// @param key the column that all tables have
  private record Former(List<String> tables, String select, String key, Text text) {

    Exchange exchange(ResultSet row) throws SQLException {
      String request = row.getString(4);
      String answer = row.getString(6);
      return new Exchange(
          ExchangeJson.intent(utf8(row.getString(3)), body -> text.put(body, request)),
          Optional.ofNullable(row.getString(5))
              .map(json -> ExchangeJson.outcome(utf8(json), body -> text.put(body, answer))));
    }

    private static byte[] utf8(String json) {
      return json.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// Puts a body's text back.
  @FunctionalInterface
  private interface Text {
    KeptBody put(KeptBody body, @Nullable String text);
  }
}
