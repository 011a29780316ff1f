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
  private final LongAdder notKeptIntents = new LongAdder();
  private final LongAdder notKeptOutcomes = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private volatile @Nullable Trouble trouble;
  private volatile @Nullable String lastProblem;
  private volatile @Nullable String lastDamage;

  LedgerCounts(InstantSource clock) {
    this.clock = clock;
  }

  void wrote(int count) {
    written.add(count);
  }

  void notKeptIntent(String reason) {
    notKeptIntents.increment();
    lastProblem = reason;
  }

  void notKeptOutcome(String reason) {
    notKeptOutcomes.increment();
    lastProblem = reason;
  }

  /// A record of the journal did not come into the store, and never will.
  void leftOut(String reason) {
    leftOut.increment();
    lastProblem = reason;
  }

  /// A place of the journal can't be read.
  void damage(String what) {
    lastDamage = what;
  }

  /// The store takes nothing now. Only the feeder calls this and [#well].
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

  long written() {
    return written.sum();
  }

  long notKeptIntents() {
    return notKeptIntents.sum();
  }

  long notKeptOutcomes() {
    return notKeptOutcomes.sum();
  }

  long leftOut() {
    return leftOut.sum();
  }

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  Optional<String> lastDamage() {
    return Optional.ofNullable(lastDamage);
  }

  Optional<String> lastProblem() {
    return Optional.ofNullable(lastProblem);
  }
}
