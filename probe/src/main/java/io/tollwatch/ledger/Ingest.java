package io.tollwatch.ledger;

import io.tollwatch.ledger.LedgerRecord.Ended;
import io.tollwatch.ledger.LedgerRecord.Intended;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Feeds records into the store, a batch in one transaction. Idempotent by the exchange's id: what
/// is there already is left as it is, so a batch of unknown fate is simply fed again.
final class Ingest {

  private Ingest() {}

  /// Writes all of the batch, or nothing.
  ///
  /// @return those outcomes whose intent the store has never seen
  static List<Ended> feed(Connection connection, List<LedgerRecord> batch) throws SQLException {
    List<Intended> intents = new ArrayList<>();
    List<Ended> outcomes = new ArrayList<>();
    for (LedgerRecord next : batch) {
      switch (next) {
        case Intended intent -> intents.add(intent);
        case Ended outcome -> outcomes.add(outcome);
      }
    }
    connection.setAutoCommit(false);
    try {
      insert(connection, intents);
      List<Ended> orphans = update(connection, outcomes);
      connection.commit();
      return orphans;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void insert(Connection connection, List<Intended> intents) throws SQLException {
    if (intents.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ExchangeRow.INSERT_INTENT)) {
      for (Intended intent : intents) {
        ExchangeRow.bind(insert, intent);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<Ended> update(Connection connection, List<Ended> outcomes)
      throws SQLException {
    List<Ended> orphans = new ArrayList<>();
    if (outcomes.isEmpty()) {
      return orphans;
    }
    try (PreparedStatement update = connection.prepareStatement(ExchangeRow.UPDATE_OUTCOME)) {
      for (Ended outcome : outcomes) {
        ExchangeRow.bind(update, outcome);
        update.addBatch();
      }
      int[] changed = update.executeBatch();
      for (int i = 0; i < changed.length; i++) {
        boolean maybeOrphan = changed[i] == 0 || changed[i] == Statement.SUCCESS_NO_INFO;
        if (maybeOrphan && !known(connection, outcomes.get(i).outcome().id())) {
          orphans.add(outcomes.get(i));
        }
      }
    }
    return orphans;
  }

  private static boolean known(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from exchange where id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void rollBack(Connection connection, Exception first) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }
}
