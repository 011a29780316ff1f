package io.tollwatch.dispatch;

import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Remembers calls that may move money, to see repeats: the same key, or the same body within
/// seconds. Many clients repeat a POST by themselves when a connection drops. Thread-safe; bounded
/// by [#ENTRIES], the oldest are forgotten first; in memory only, by hashes of the fingerprints.
final class Repeats {

  static final int ENTRIES = 50_000;

  /// How long after its end the same body without a key counts as a repeat.
  static final Duration SAME_BODY = Duration.ofSeconds(10);

  private final Map<Long, Call> calls = new LinkedHashMap<>();

  /// An earlier call.
  ///
  /// @param money what it came to; in doubt while it runs
  /// @param endedAt empty while it runs
  record Call(String exchange, Money money, Optional<Instant> endedAt) {

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
    Optional<Call> earlier =
        marks.stream().flatMap(mark -> earlier(mark, now).stream()).findFirst();
    if (earlier.filter(refused).isPresent()) {
      return earlier;
    }
    Call call = new Call(exchange, Money.IN_DOUBT, Optional.empty());
    for (Mark mark : marks) {
      calls.remove(mark.hash());
      calls.put(mark.hash(), call);
    }
    while (calls.size() > ENTRIES) {
      calls.remove(calls.keySet().iterator().next());
    }
    return earlier;
  }

  /// Says what a noted call came to, and when.
  synchronized void settle(List<Mark> marks, String exchange, Money money, Instant endedAt) {
    Call settled = new Call(exchange, money, Optional.of(endedAt));
    for (Mark mark : marks) {
      calls.computeIfPresent(
          mark.hash(), (_, call) -> call.exchange().equals(exchange) ? settled : call);
    }
  }

  /// Takes a noted call back that was not sent: what the earlier one may have moved still counts.
  synchronized void withdraw(List<Mark> marks, String exchange, Optional<Call> earlier) {
    for (Mark mark : marks) {
      calls.computeIfPresent(
          mark.hash(), (_, call) -> call.exchange().equals(exchange) ? earlier.orElse(null) : call);
    }
  }

  private Optional<Call> earlier(Mark mark, Instant now) {
    return Optional.ofNullable(calls.get(mark.hash()))
        .filter(call -> mark.key() || withinSeconds(call, now));
  }

  private static boolean withinSeconds(Call call, Instant now) {
    return call.endedAt().map(end -> end.plus(SAME_BODY).isAfter(now)).orElse(true);
  }
}
