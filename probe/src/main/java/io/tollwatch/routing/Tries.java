package io.tollwatch.routing;

import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.TextHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How often payments were attempted. Confined to its owner's lock; bounded by [#MARKS] marks of
/// [#TIMES] attempts each, the oldest are forgotten first.
final class Tries {

  static final int MARKS = 30_000;
  static final int TIMES = 32;

  private final LatestByHash<List<Instant>> times = new LatestByHash<>(MARKS);

  void count(PaymentIdentity identity, Instant at) {
    marks(identity)
        .forEach(mark -> {
          List<Instant> next = times.find(mark).orElseGet(() -> new ArrayList<>(1));
          if (!next.contains(at)) { // the journal may tell it twice
            next.add(at);
          }
          if (next.size() > TIMES) {
            next.removeFirst();
          }
          times.putLast(mark, next);
        });
  }

  int since(PaymentIdentity identity, Instant since) {
    return marks(identity)
        .mapToInt(mark ->
            (int)
                times.find(mark).orElse(List.of()).stream()
                    .filter(at -> !at.isBefore(since))
                    .count())
        .max()
        .orElse(0);
  }

  private static Stream<Long> marks(PaymentIdentity identity) {
    return StandingAttempts.marks(identity).map(TextHash::of);
  }
}
