package io.tollwatch.dispatch;

import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Remembers what payments are for, to see one that is attempted anew under another key: the same
/// merchant reference, amount and operation at the same provider, within [#WINDOW] of one that may
/// have been taken. It flags, and never refuses: a key of its own says that the caller means a
/// payment of its own. Thread-safe; bounded by [#ENTRIES] payments of [#CALLS] calls each, the
/// oldest are forgotten first; in memory only.
final class SamePayments {

  static final int ENTRIES = 10_000;
  static final int CALLS = 4;
  static final Duration WINDOW = Duration.ofHours(24);

  private final Map<String, List<Call>> calls = new LinkedHashMap<>();

  /// @param payment fingerprint of what the payment is for
  /// @param key fingerprint of the idempotency key; a call without one is always another attempt
  record Mark(String payment, Optional<String> key) {}

  private record Call(String exchange, Optional<String> key, Instant at) {

    boolean hasAnotherKeyThan(Mark mark) {
      return key.isEmpty() || !key.equals(mark.key());
    }
  }

  /// Notes a call before it is sent. Gives the latest earlier exchange that it may duplicate.
  Optional<String> note(Scribe.Draft draft) {
    return draft
        .payment()
        .flatMap(mark -> note(mark, draft.intent().id(), draft.intent().startedAt()));
  }

  /// Says what a noted call came to. One that surely took nothing is forgotten: to try again after
  /// a refusal is no duplicate.
  void settle(Scribe.Draft draft, Money money) {
    draft.payment().ifPresent(mark -> settle(mark, draft.intent().id(), money));
  }

  synchronized Optional<String> note(Mark mark, String exchange, Instant now) {
    List<Call> recent = new ArrayList<>();
    for (Call call : known(mark)) {
      if (call.at().plus(WINDOW).isAfter(now)) {
        recent.add(call);
      }
    }
    Optional<String> earlier =
        recent.reversed().stream()
            .filter(call -> call.hasAnotherKeyThan(mark))
            .map(Call::exchange)
            .findFirst();
    recent.add(new Call(exchange, mark.key(), now));
    calls.remove(mark.payment()); // the latest stands at the end
    calls.put(
        mark.payment(),
        List.copyOf(recent.subList(Math.max(0, recent.size() - CALLS), recent.size())));
    while (calls.size() > ENTRIES) {
      calls.remove(calls.keySet().iterator().next());
    }
    return earlier;
  }

  synchronized void settle(Mark mark, String exchange, Money money) {
    boolean took =
        switch (money) {
          case IN_DOUBT, PENDING, SUCCEEDED -> true;
          case REJECTED, NOT_SENT, NONE -> false;
        };
    if (!took) {
      List<Call> left = new ArrayList<>(known(mark));
      left.removeIf(call -> call.exchange().equals(exchange));
      if (left.isEmpty()) {
        calls.remove(mark.payment());
      } else {
        calls.replace(mark.payment(), left);
      }
    }
  }

  private List<Call> known(Mark mark) {
    return calls.getOrDefault(mark.payment(), List.of());
  }
}
