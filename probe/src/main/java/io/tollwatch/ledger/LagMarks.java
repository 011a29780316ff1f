package io.tollwatch.ledger;

import io.tollwatch.ledger.journal.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Where the journal ended when, to tell how old the oldest record is that the store lacks. Under
/// steady traffic there is always one, so that the time since there was none says nothing. Marks
/// lie the farther apart the longer the store has lacked something: some hundred cover years.
/// Thread-safe.
final class LagMarks {

  /// The age is exact to one part of so many of the time that the marks cover.
  private static final int PARTS = 32;

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(Position end, long nanos) {}

  /// Takes note of where the journal ends now.
  ///
  /// @param done the place before which the store has everything
  synchronized void note(Position end, Position done, long nowNanos) {
    forget(done);
    Mark last = marks.peekLast();
    if (last == null || nowNanos - last.nanos() >= (nowNanos - marks.getFirst().nanos()) / PARTS) {
      marks.addLast(new Mark(end, nowNanos));
    }
  }

  /// How long ago the oldest record was written that the store lacks, at most; of what earlier runs
  /// left, since the first note.
  synchronized Duration age(Position done, long nowNanos) {
    forget(done);
    Mark first = marks.peekFirst();
    return Duration.ofNanos(first == null ? 0 : Math.max(0, nowNanos - first.nanos()));
  }

  /// What the store lacks was written after the last mark that it has passed.
  private void forget(Position done) {
    Mark passed = null;
    while (!marks.isEmpty() && !marks.getFirst().end().isAfter(done)) {
      passed = marks.removeFirst();
    }
    if (passed != null) {
      marks.addFirst(passed);
    }
  }

  /// How many marks there are.
  synchronized int size() {
    return marks.size();
  }
}
