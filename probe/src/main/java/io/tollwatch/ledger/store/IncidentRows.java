package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Keeps incidents and the notes of them, and reads them. Retention passes them over. Stateless.
final class IncidentRows {

  private static final String INSERT =
      "insert into incident (id, started_at, recovered_at, document) values (?, ?, ?, ?)";
  private static final String NOTE =
      "insert into incident_note (incident, noted_at, document) values (?, ?, ?)";

  private IncidentRows() {}

  /// Keeps all or none of them; each takes the place of what was kept under its id.
  static void keep(Connection connection, List<Incident> incidents) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement delete =
            connection.prepareStatement("delete from incident where id = ?");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Incident each : incidents) {
        delete.setString(1, each.id());
        delete.addBatch();
        insert.setString(1, each.id());
        insert.setObject(2, each.startedAt().atOffset(ZoneOffset.UTC));
        if (each.recoveredAt().isPresent()) {
          insert.setObject(3, each.recoveredAt().get().atOffset(ZoneOffset.UTC));
        } else {
          insert.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
        }
        insert.setBytes(4, ExchangeJson.bytes(each));
        insert.addBatch();
      }
      delete.executeBatch();
      insert.executeBatch();
    }
    connection.commit();
  }

  /// Adds a note.
  static void note(Connection connection, IncidentNote note) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
      insert.setString(1, note.incident());
      insert.setObject(2, note.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
      insert.setBytes(3, ExchangeJson.bytes(note));
      insert.executeUpdate();
    }
  }

  /// Those that reach into that time, by when they started.
  static List<Incident> within(Store store, TimeWindow window) {
    return new Question(
            """
            select document from incident
            where started_at < ? and (recovered_at is null or recovered_at >= ?)
            order by started_at, id
            """,
            (_, select) -> {
              select.setObject(1, window.until().atOffset(ZoneOffset.UTC));
              select.setObject(2, window.from().atOffset(ZoneOffset.UTC));
            })
        .list(store, row -> ExchangeJson.incident(row.getBytes(1)));
  }

  /// The one with that id.
  static Optional<Incident> one(Store store, String id) {
    return new Question(
            "select document from incident where id = ?", (_, select) -> select.setString(1, id))
        .list(store, row -> ExchangeJson.incident(row.getBytes(1))).stream().findFirst();
  }

  /// Those that still last, by when they started.
  static List<Incident> open(Store store) {
    return new Question(
            "select document from incident where recovered_at is null order by started_at, id",
            (_, _) -> {})
        .list(store, row -> ExchangeJson.incident(row.getBytes(1)));
  }

  /// What was noted of it, oldest first.
  static List<IncidentNote> notes(Store store, String id) {
    return new Question(
            "select document from incident_note where incident = ? order by noted_at",
            (_, select) -> select.setString(1, id))
        .list(store, row -> ExchangeJson.incidentNote(row.getBytes(1)));
  }
}
