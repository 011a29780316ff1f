package io.tollwatch.routing;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.Sign;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// What live calls came to of late, by provider and operation: what strategies and canaries go by.
/// It decides nothing by itself. Thread-safe; in memory, and bounded by the number of operations of
/// configured providers.
public final class TrackRecord {

  private final Map<BreakerKey, RecentResults> results = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  public TrackRecord(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Takes note of a call. One that says nothing of the provider is passed over.
  void note(BreakerKey key, Sign sign, Duration took) {
    if (sign != Sign.NONE) {
      long now = nanos.getAsLong();
      results
          .computeIfAbsent(
              BreakerKey.of(key.provider(), key.operation()), _ -> new RecentResults(now))
          .note(sign == Sign.FINE, took, now);
    }
  }

  /// What came of all calls at a provider that could have gone elsewhere, since this process began.
  Results total(String provider) {
    Results total = Results.NONE;
    for (Operation operation : List.of(Operation.PAY, Operation.OTHER)) {
      RecentResults known = results.get(BreakerKey.of(provider, operation));
      total = known == null ? total : total.plus(known.total());
    }
    return total;
  }

  /// What came of an operation at a provider within that time, at most [RecentResults#LONGEST].
  Results of(String provider, Operation operation, Duration window) {
    RecentResults known = results.get(BreakerKey.of(provider, operation));
    return known == null ? Results.NONE : known.within(window, nanos.getAsLong());
  }
}
