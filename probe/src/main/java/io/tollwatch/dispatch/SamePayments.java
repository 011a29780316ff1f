package io.tollwatch.dispatch;

import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Remembers what payments are for, to see one that is attempted anew under another key: the same
/// merchant reference, amount and operation at the same provider, within [#WINDOW] of one that may
/// have been taken. It flags, and never refuses: a key of its own says that the caller means a
/// payment of its own. Thread-safe; bounded by [#ENTRIES] payments of [#CALLS] calls each, the
/// oldest are forgotten first; in memory only, by hashes of the fingerprints.
final class SamePayments {

  static final int ENTRIES = 10_000;
  static final int CALLS = 4;
  static final Duration WINDOW = Duration.ofHours(24);

  private final LatestByHash<List<Call>> calls = new LatestByHash<>(ENTRIES);

  /// @param payment fingerprint of what the payment is for
  /// @param key fingerprint of the idempotency key; a call without one is always another attempt
  record Mark(String payment, Optional<String> key) {

    private long hash() {
      return TextHash.of(payment);
    }

    private long keyHash() {
      return key.map(known -> TextHash.of(known)).orElse(NO_KEY);
    }
  }

  private static final long NO_KEY = 0;

  /// @param key hash of it
  /// @param at since the epoch, in nanoseconds
  private record Call(String exchange, long key, long at) {

    boolean hasAnotherKeyThan(Mark mark) {
      return key == NO_KEY || key != mark.keyHash();
    }

    boolean isWithinWindow(Instant now) {
      return Instant.ofEpochSecond(0, at).plus(WINDOW).isAfter(now);
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
      if (call.isWithinWindow(now)) {
        recent.add(call);
      }
    }
    Optional<String> earlier = lastWithAnotherKey(recent, mark);
    recent.add(new Call(exchange, mark.keyHash(), ChronoUnit.NANOS.between(Instant.EPOCH, now)));
    calls.putLast(
        mark.hash(),
        List.copyOf(recent.subList(Math.max(0, recent.size() - CALLS), recent.size())));
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
        calls.remove(mark.hash());
      } else {
        calls.put(mark.hash(), List.copyOf(left));
      }
    }
  }

  private static Optional<String> lastWithAnotherKey(List<Call> calls, Mark mark) {
    for (Call call : calls.reversed()) {
      if (call.hasAnotherKeyThan(mark)) {
        return Optional.of(call.exchange());
      }
    }
    return Optional.empty();
  }

  private List<Call> known(Mark mark) {
    return calls.find(mark.hash()).orElse(List.of());
  }
}
