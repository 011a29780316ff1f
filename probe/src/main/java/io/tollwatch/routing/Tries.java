package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.TextHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How often payments were attempted. Confined to its owner's lock; bounded by [#MARKS] marks of
/// [#TIMES] attempts each, the oldest are forgotten first.
final class Tries {

  static final int MARKS = 30_000;
  static final int TIMES = 32;

  private final Map<Long, List<Instant>> times = new LinkedHashMap<>();

  void count(PaymentIdentity identity, Instant at) {
    marks(identity)
        .forEach(mark -> {
          List<Instant> known = times.remove(mark);
          List<Instant> next = known == null ? new ArrayList<>(1) : known;
          if (!next.contains(at)) { // the journal may tell it twice
            next.add(at);
          }
          if (next.size() > TIMES) {
            next.removeFirst();
          }
          times.put(mark, next); // the latest stands at the end
        });
    while (times.size() > MARKS) {
      times.remove(times.keySet().iterator().next());
    }
  }

  int since(PaymentIdentity identity, Instant since) {
    return marks(identity)
        .mapToInt(mark ->
            (int)
                times.getOrDefault(mark, List.of()).stream()
                    .filter(at -> !at.isBefore(since))
                    .count())
        .max()
        .orElse(0);
  }

  private static Stream<Long> marks(PaymentIdentity identity) {
    return StandingAttempts.marks(identity).map(TextHash::of);
  }
}
