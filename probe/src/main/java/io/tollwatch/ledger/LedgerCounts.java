package io.tollwatch.ledger;

import io.tollwatch.ledger.LedgerState.Trouble;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What became of the records so far. Thread-safe.
final class LedgerCounts {

  private final InstantSource clock;
  private final LongAdder written = new LongAdder();
  private final LongAdder droppedIntents = new LongAdder();
  private final LongAdder droppedOutcomes = new LongAdder();
  private volatile @Nullable Trouble trouble;
  private volatile @Nullable String lastProblem;

  LedgerCounts(InstantSource clock) {
    this.clock = clock;
  }

  void wrote(int count) {
    written.add(count);
  }

  void dropped(LedgerRecord lost, String reason) {
    switch (lost) {
      case LedgerRecord.Intended ignored -> droppedIntents.increment();
      case LedgerRecord.Ended ignored -> droppedOutcomes.increment();
    }
    lastProblem = reason;
  }

  /// The store takes nothing now. Only the writer calls this and [#well].
  ///
  /// @return whether that is news
  boolean troubled(String reason) {
    Trouble before = trouble;
    trouble = new Trouble(before == null ? clock.instant() : before.since(), reason);
    lastProblem = reason;
    return before == null;
  }

  /// The store takes records.
  ///
  /// @return whether that is news
  boolean well() {
    boolean news = trouble != null;
    trouble = null;
    return news;
  }

  LedgerState state(int queued) {
    return new LedgerState(
        queued,
        written.sum(),
        droppedIntents.sum(),
        droppedOutcomes.sum(),
        Optional.ofNullable(trouble),
        Optional.ofNullable(lastProblem));
  }
}
