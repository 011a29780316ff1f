package io.tollwatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of the store: takes what is queued in batches and does not let go of a batch
/// before it is written. While the database refuses, it tries again after 0.1 to 5 seconds and the
/// queue fills; a record that itself is refused is dropped and counted, so that it can't hold up
/// the rest.
final class BatchWriter implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int BATCH = 500;
  private static final long MIN_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 5_000;

  private final RecordQueue queue;
  private final Connections store;
  private final LedgerCounts counts;
  private final CountDownLatch givenUp = new CountDownLatch(1);
  private @Nullable Connection connection;
  private long pauseMillis = MIN_PAUSE_MILLIS;

  BatchWriter(RecordQueue queue, Connections store, LedgerCounts counts) {
    this.queue = queue;
    this.store = store;
    this.counts = counts;
  }

  /// Stops trying: what is not written by now is dropped.
  void giveUp() {
    givenUp.countDown();
  }

  @Override
  public void run() {
    try {
      write(List.of()); // opens the store before there is anything to write
      for (List<LedgerRecord> batch = queue.oldest(BATCH);
          !batch.isEmpty();
          batch = queue.oldest(BATCH)) {
        write(batch);
        queue.remove(batch.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private void write(List<LedgerRecord> batch) throws InterruptedException {
    while (givenUp.getCount() > 0) {
      try {
        feed(batch);
        return;
      } catch (SQLException | RuntimeException e) {
        if (!batch.isEmpty() && refusesRecord(e)) {
          writeSingly(batch, e);
          return;
        }
        disconnect();
        troubled(e);
        pause();
      }
    }
    batch.forEach(lost -> counts.dropped(lost, "stopped before it could be written"));
  }

  private void feed(List<LedgerRecord> batch) throws SQLException {
    if (connection == null) {
      connection = store.open();
    }
    List<LedgerRecord.Ended> orphans = Ingest.feed(connection, batch);
    orphans.forEach(
        orphan -> counts.dropped(orphan, "an outcome came whose intent had not been kept"));
    counts.wrote(batch.size() - orphans.size());
    pauseMillis = MIN_PAUSE_MILLIS;
    if (counts.well()) {
      LOG.info("the ledger takes records again");
    }
  }

  private void writeSingly(List<LedgerRecord> batch, Exception refusal)
      throws InterruptedException {
    if (batch.size() == 1) {
      counts.dropped(batch.getFirst(), "a record was refused: " + refusal.getMessage());
      return;
    }
    for (LedgerRecord each : batch) {
      write(List.of(each));
    }
  }

  /// Whether the record is at fault, not the database: a data exception or a violated constraint
  /// (SQLSTATE classes 22 and 23).
  private static boolean refusesRecord(Exception e) {
    if (!(e instanceof SQLException refusal) || refusal.getSQLState() == null) {
      return false;
    }
    return refusal.getSQLState().startsWith("22") || refusal.getSQLState().startsWith("23");
  }

  private void troubled(Exception e) {
    String reason = String.valueOf(e.getMessage());
    if (counts.troubled(reason)) {
      LOG.warn("the ledger takes no records now, they wait in memory: {}", reason);
    }
  }

  private void pause() throws InterruptedException {
    givenUp.await(pauseMillis, TimeUnit.MILLISECONDS);
    pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
  }

  private void disconnect() {
    try (Connection old = connection) {
      connection = null;
    } catch (SQLException e) {
      LOG.debug("a connection did not close well: {}", e.getMessage());
    }
  }
}
