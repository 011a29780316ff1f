package io.tollwatch.ledger;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.Fed;
import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private final Sink sink;
  private final LedgerCounts counts;
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final CountDownLatch givenUp = new CountDownLatch(1);
  private long pauseMillis = MIN_PAUSE_MILLIS;

  BatchWriter(RecordQueue queue, Sink sink, LedgerCounts counts) {
    this.queue = queue;
    this.sink = sink;
    this.counts = counts;
  }

  /// Stops trying: what is not written by now is dropped.
  void giveUp() {
    givenUp.countDown();
  }

  /// Waits until the store is open and rid of what an earlier run left.
  boolean awaitPrepared(Duration limit) throws InterruptedException {
    return prepared.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void run() {
    try {
      // opens the store before there is anything to write
      if (untilDone(sink::prepare)) {
        prepared.countDown();
      }
      for (List<LedgerRecord> batch = queue.oldest(BATCH);
          !batch.isEmpty();
          batch = queue.oldest(BATCH)) {
        write(batch);
        queue.remove(batch.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<LedgerRecord> batch) throws InterruptedException {
    if (!untilDone(() -> feed(batch))) {
      batch.forEach(lost -> counts.dropped(lost, "stopped before it could be written"));
    }
  }

  private boolean untilDone(Step step) throws InterruptedException {
    while (givenUp.getCount() > 0) {
      try {
        step.run();
        return true;
      } catch (SQLException | RuntimeException e) {
        troubled(e);
        pause();
      }
    }
    return false;
  }

  private void feed(List<LedgerRecord> records) throws SQLException {
    Fed fed = sink.feed(batch(records));
    fed.orphans()
        .forEach(orphan ->
            counts.dropped(
                new LedgerRecord.Ended(orphan), "an outcome came whose intent had not been kept"));
    long refused =
        records.stream()
            .filter(each -> fed.refused().stream().anyMatch(no -> of(no, each)))
            .count();
    counts.wrote(records.size() - fed.orphans().size() - (int) refused);
    pauseMillis = MIN_PAUSE_MILLIS;
    if (counts.well()) {
      LOG.info("the ledger takes records again");
    }
  }

  /// Whether the record was refused, which is counted here too.
  private boolean of(Fed.Refused refused, LedgerRecord each) {
    boolean hit =
        switch (each) {
          case LedgerRecord.Intended(var intent) ->
              refused.part() == Fed.Part.EXCHANGE && intent.id().equals(refused.id());
          case LedgerRecord.Ended(var outcome) -> outcome.id().equals(refused.id());
        };
    if (hit) {
      counts.dropped(each, "a record was refused: " + refused.reason());
    }
    return hit;
  }

  private static Batch batch(List<LedgerRecord> records) {
    Map<String, Exchange> exchanges = new LinkedHashMap<>();
    List<Outcome> late = new ArrayList<>();
    for (LedgerRecord next : records) {
      switch (next) {
        case LedgerRecord.Intended(var intent) ->
            exchanges.putIfAbsent(intent.id(), new Exchange(intent, Optional.empty()));
        case LedgerRecord.Ended(var outcome) -> {
          Exchange open = exchanges.get(outcome.id());
          if (open != null && open.outcome().isEmpty()) {
            exchanges.put(outcome.id(), new Exchange(open.intent(), Optional.of(outcome)));
          } else {
            late.add(outcome);
          }
        }
      }
    }
    return new Batch(
        Store.NO_JOURNAL, List.copyOf(exchanges.values()), late, new Batch.Position(0, 0));
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

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
