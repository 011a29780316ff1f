package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Keeps incidents and what people note of them, in the store alone; [ReportReader] reads them.
/// Retention leaves them. Thread-safe. Every method throws [UncheckedIOException] if the database
/// fails.
public final class IncidentShelf {

  private final Store store;

  IncidentShelf(Store store) {
    this.store = store;
  }

  /// Keeps all of them or none; each takes the place of what was kept under its id.
  public void keep(List<Incident> incidents) {
    if (!incidents.isEmpty()) {
      run(connection -> IncidentRows.keep(connection, incidents));
    }
  }

  /// Keeps a note.
  public void keep(IncidentNote note) {
    run(connection -> IncidentRows.note(connection, note));
  }

  private void run(Step step) {
    try (Connection connection = store.connect()) {
      step.with(connection);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          new IOException("incidents can't be kept: " + e.getMessage(), e));
    }
  }

  @FunctionalInterface
  private interface Step {
    void with(Connection connection) throws SQLException;
  }
}
