package io.tollwatch.dispatch;

import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Remembers calls that may move money, to see repeats: the same key, or the same body within
/// seconds. Many clients repeat a POST by themselves when a connection drops. Thread-safe; bounded
/// by [#ENTRIES], the oldest are forgotten first; in memory only.
final class Repeats {

  static final int ENTRIES = 100_000;

  /// How long after it the same body without a key counts as a repeat.
  static final Duration SAME_BODY = Duration.ofSeconds(10);

  private final Map<String, Call> calls = new LinkedHashMap<>();

  /// An earlier call.
  ///
  /// @param money what it came to; in doubt while it runs
  record Call(String exchange, Instant at, Money money) {}

  /// Whether the fingerprint is of the caller's own key, or of the body only.
  record Mark(String fingerprint, boolean key) {}

  /// Notes a call and gives the earlier one that it repeats, in one step: of two at the same time
  /// one is the earlier.
  synchronized Optional<Call> note(List<Mark> marks, String exchange, Instant now) {
    Optional<Call> earlier =
        marks.stream().flatMap(mark -> earlier(mark, now).stream()).findFirst();
    Call call = new Call(exchange, now, Money.IN_DOUBT);
    for (Mark mark : marks) {
      calls.remove(mark.fingerprint());
      calls.put(mark.fingerprint(), call);
    }
    while (calls.size() > ENTRIES) {
      calls.remove(calls.keySet().iterator().next());
    }
    return earlier;
  }

  /// Says what a noted call came to.
  synchronized void settle(List<Mark> marks, String exchange, Money money) {
    for (Mark mark : marks) {
      calls.computeIfPresent(
          mark.fingerprint(),
          (ignored, call) ->
              call.exchange().equals(exchange) ? new Call(exchange, call.at(), money) : call);
    }
  }

  /// Forgets a call that was refused, so that the earlier one is still found by the next repeat.
  synchronized void restore(List<Mark> marks, Call earlier) {
    for (Mark mark : marks) {
      calls.put(mark.fingerprint(), earlier);
    }
  }

  private Optional<Call> earlier(Mark mark, Instant now) {
    return Optional.ofNullable(calls.get(mark.fingerprint()))
        .filter(call -> mark.key() || call.at().plus(SAME_BODY).isAfter(now));
  }
}
