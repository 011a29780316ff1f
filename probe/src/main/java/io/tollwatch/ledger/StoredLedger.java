package io.tollwatch.ledger;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger in an embedded database of the data folder. Thread-safe.
///
/// Recording puts a record into a queue of at most [#MAX_QUEUED] records and [#MAX_QUEUED_CHARS]
/// characters and returns; one thread writes them in batches. What does not fit is dropped and
/// counted in [LedgerState]. A database that is locked, full or broken therefore costs memory up to
/// those bounds, then records, never a payment (P4).
public final class StoredLedger implements Ledger, AutoCloseable {

  /// How many records wait at most.
  public static final int MAX_QUEUED = 20_000;

  /// How much text the waiting records hold at most, in characters.
  public static final long MAX_QUEUED_CHARS = 16L << 20;

  /// How long [#close()] waits for what is queued.
  public static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(StoredLedger.class);

  /// How long a write that is under way may go on when the ledger closes.
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(2);

  private final Store store;
  private final RecordQueue queue;
  private final LedgerCounts counts;
  private final BatchWriter writer;
  private final Thread thread;

  StoredLedger(Store store, Sink sink, RecordQueue queue, InstantSource clock) {
    this.store = store;
    this.queue = queue;
    this.counts = new LedgerCounts(clock);
    this.writer = new BatchWriter(queue, sink, counts);
    this.thread = Thread.ofPlatform().daemon().name("ledger-writer").unstarted(writer);
  }

  /// Opens the ledger of a folder. Returns at once: the database is opened by the writer, and
  /// trouble with that shows in [#state()].
  public static StoredLedger open(DataFolder folder, InstantSource clock) {
    Store store = Store.embedded(folder.path());
    return start(store, Sink.of(store), new RecordQueue(MAX_QUEUED, MAX_QUEUED_CHARS), clock);
  }

  /// Opens the ledger of a folder in which no sidecar runs: the folder's owner is the caller. What
  /// a dead sidecar left unfinished is settled as in doubt.
  public static ExchangeReader.Opening read(DataFolder folder) {
    Store store = Store.embedded(folder.path());
    try {
      Sink.settle(store);
      return ExchangeReader.open(store);
    } catch (SQLException e) {
      store.close();
      return new ExchangeReader.Opening.Refused("the ledger can't be opened: " + e.getMessage());
    }
  }

  static StoredLedger start(Store store, Sink sink, RecordQueue queue, InstantSource clock) {
    StoredLedger ledger = new StoredLedger(store, sink, queue, clock);
    ledger.thread.start();
    return ledger;
  }

  @Override
  public void intent(Intent intent) {
    keep(new LedgerRecord.Intended(intent));
  }

  @Override
  public void outcome(Outcome outcome) {
    keep(new LedgerRecord.Ended(outcome));
  }

  private void keep(LedgerRecord next) {
    if (!queue.offer(next)) {
      counts.dropped(next, "the queue in front of the ledger is full or closed");
    }
  }

  /// How the ledger is doing now.
  public LedgerState state() {
    return counts.state(queue.size());
  }

  /// Waits until everything recorded before this call is written or refused.
  ///
  /// @return whether that came to pass within the limit
  public boolean flush(Duration limit) throws InterruptedException {
    return writer.awaitPrepared(limit) && queue.awaitDrained(limit);
  }

  /// Reads what is written. Works until the ledger is closed, with which it need not be closed.
  public ExchangeReader reader() {
    return store.reader();
  }

  /// Deletes exchanges that started before the limit, except those that are in doubt or still run.
  /// Goes in small steps, so that recording goes on meanwhile.
  ///
  /// @return how many were deleted
  /// @throws java.io.UncheckedIOException if the database fails
  public long deleteOlderThan(Instant limit) {
    return store.retention().deleteOlderThan(limit);
  }

  /// As [#close(Duration)], with [#CLOSE_LIMIT].
  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /// Takes no more records, writes what is queued, drops and counts what is not written within the
  /// limit. Closing again does no harm.
  public void close(Duration limit) {
    queue.close();
    try {
      boolean written = queue.awaitDrained(limit);
      writer.giveUp();
      // never interrupted: that could take the file down in the middle of a write
      boolean ended = thread.join(JOIN_LIMIT);
      if (!written || !ended) {
        LOG.warn("the ledger was closed before all was written: {}", state());
      }
    } catch (InterruptedException e) {
      writer.giveUp();
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
