package io.tollwatch.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The budgets of all channels, by name: they outlive a reload. Thread-safe; bounded by the number
/// of channels that a configuration may have.
public final class RetryBudgets {

  private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  public RetryBudgets(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// A call through the channel came.
  public void called(Channel channel) {
    of(channel).called();
  }

  /// A call was sent to another provider.
  public void moved(Channel channel) {
    of(channel).moved();
  }

  /// Whether one more may be.
  public boolean hasLeft(Channel channel) {
    return of(channel).hasLeft(channel.retryShare());
  }

  private RetryBudget of(Channel channel) {
    return budgets.computeIfAbsent(channel.name(), _ -> new RetryBudget(nanos));
  }
}
