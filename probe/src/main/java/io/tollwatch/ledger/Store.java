package io.tollwatch.ledger;

import io.tollwatch.exchange.Exchange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database as this process, its only user, sees it. Before the first connection is handed out
/// the schema is brought up to date, and what an earlier process left unfinished is settled as
/// such: nothing of this process can be among it, for nobody has had a connection yet. Trouble with
/// that comes again with each call until it is over. Thread-safe.
final class Store implements Connections, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int PAGE = 500;

  private final Connections connections;
  private final ReentrantLock lock = new ReentrantLock();

  /// Held so that the embedded database does not close and open between two queries.
  private @Nullable Connection keeper;

  private boolean ready;
  private boolean closed;

  Store(Connections connections) {
    this.connections = connections;
  }

  @Override
  public Connection open() throws SQLException {
    makeReady();
    return connections.open();
  }

  /// Makes the store ready for use, if it is not.
  void makeReady() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw new SQLException("the ledger is closed");
      }
      if (!ready) {
        connections.check();
        prepare();
        ready = true;
      }
    } catch (RuntimeException e) {
      throw new SQLException("the ledger can't be read: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private void prepare() throws SQLException {
    Connection connection = connections.open();
    try {
      Schema.migrate(connection);
      int settled = settleUnfinished(connection);
      if (settled > 0) {
        LOG.warn("{} calls of an earlier run have no outcome: they count as answer lost", settled);
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    keeper = connection;
  }

  private static int settleUnfinished(Connection connection) throws SQLException {
    int settled = 0;
    for (List<LedgerRecord> page = unfinished(connection);
        !page.isEmpty();
        page = unfinished(connection)) {
      Ingest.feed(connection, page);
      settled += page.size();
    }
    connection.setAutoCommit(true);
    return settled;
  }

  private static List<LedgerRecord> unfinished(Connection connection) throws SQLException {
    List<LedgerRecord> endings = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            ExchangeRow.SELECT + " where money is null order by id limit ?")) {
      select.setInt(1, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Exchange exchange = ExchangeRow.exchange(row);
          endings.add(new LedgerRecord.Ended(Unfinished.outcome(exchange.intent())));
        }
      }
    }
    return endings;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true; // the folder may have another owner soon
      if (keeper != null) {
        keeper.close();
        keeper = null;
      }
    } catch (SQLException e) {
      LOG.warn("the ledger did not close well: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }
}
