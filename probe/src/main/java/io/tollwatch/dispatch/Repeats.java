package io.tollwatch.dispatch;

import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Remembers calls that may move money, to see repeats: the same key, or the same body within
/// seconds. Many clients repeat a POST by themselves when a connection drops. Thread-safe; bounded
/// by [#ENTRIES], the oldest are forgotten first; in memory only, by hashes of the fingerprints.
final class Repeats {

  static final int ENTRIES = 50_000;

  /// How long after its end the same body without a key counts as a repeat.
  static final Duration SAME_BODY = Duration.ofSeconds(10);

  private final LatestByHash<Call> calls = new LatestByHash<>(ENTRIES);

  /// An earlier call.
  ///
  /// @param money what it came to; in doubt while it runs
  /// @param endedNanos when it ended, since the epoch; [#RUNNING] while it runs
  record Call(String exchange, Money money, long endedNanos) {

    private static final long RUNNING = Long.MIN_VALUE;

    private static Call running(String exchange) {
      return new Call(exchange, Money.IN_DOUBT, RUNNING);
    }

    private static Call ended(String exchange, Money money, Instant at) {
      return new Call(exchange, money, ChronoUnit.NANOS.between(Instant.EPOCH, at));
    }

    private boolean isWithinSeconds(Instant now) {
      return endedNanos == RUNNING
          || Instant.ofEpochSecond(0, endedNanos).plus(SAME_BODY).isAfter(now);
    }

    /// Whether it may have moved money: nothing proves that it did not.
    boolean mayHaveMoved() {
      return money == Money.IN_DOUBT || money == Money.PENDING || money == Money.SUCCEEDED;
    }
  }

  /// Whether the fingerprint is of the caller's own key, or of the body only.
  record Mark(String fingerprint, boolean key) {

    private long hash() {
      return TextHash.of(fingerprint);
    }
  }

  /// Notes a call and gives the earlier one that it repeats, in one step: of two at the same time
  /// one is the earlier. A call that is refused is not noted, so that the earlier one is still
  /// found by the next repeat, with whatever it came to meanwhile.
  ///
  /// @param refused whether a call that repeats that earlier one is refused
  synchronized Optional<Call> note(
      List<Mark> marks, String exchange, Instant now, Predicate<Call> refused) {
    Optional<Call> earlier = firstKnown(marks, now);
    if (earlier.filter(refused).isPresent()) {
      return earlier;
    }
    Call call = Call.running(exchange);
    marks.forEach(mark -> calls.putLast(mark.hash(), call));
    return earlier;
  }

  private Optional<Call> firstKnown(List<Mark> marks, Instant now) {
    for (Mark mark : marks) {
      Optional<Call> known = earlier(mark, now);
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  /// Says what a noted call came to, and when.
  synchronized void settle(List<Mark> marks, String exchange, Money money, Instant endedAt) {
    Call settled = Call.ended(exchange, money, endedAt);
    for (Mark mark : marks) {
      if (isLast(mark, exchange)) {
        calls.put(mark.hash(), settled);
      }
    }
  }

  /// Takes a noted call back that was not sent: what the earlier one may have moved still counts.
  synchronized void withdraw(List<Mark> marks, String exchange, Optional<Call> earlier) {
    for (Mark mark : marks) {
      if (isLast(mark, exchange)) {
        earlier.ifPresentOrElse(
            call -> calls.put(mark.hash(), call), () -> calls.remove(mark.hash()));
      }
    }
  }

  private Optional<Call> earlier(Mark mark, Instant now) {
    return calls.find(mark.hash()).filter(call -> mark.key() || call.isWithinSeconds(now));
  }

  private boolean isLast(Mark mark, String exchange) {
    return calls.find(mark.hash()).filter(call -> call.exchange().equals(exchange)).isPresent();
  }
}
