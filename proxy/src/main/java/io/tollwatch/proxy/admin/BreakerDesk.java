package io.tollwatch.proxy.admin;

import io.tollwatch.health.Order;
import io.tollwatch.health.Standing;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the admin API can see of breakers, and do to them. Thread-safe.
public interface BreakerDesk {

  /// How all breakers stand that were ever asked.
  List<Standing> standings();

  /// Since when our own network fails; empty if it does not.
  Optional<Instant> ownNetworkFailsSince();

  /// What time it is for breakers.
  Instant now();

  /// Whether there is such a provider.
  boolean isProvider(String name);

  /// Forces the breakers of an operation, or of all operations of a provider.
  void order(String provider, Optional<Operation> operation, Order order);

  /// Ends orders. Gives how many there were.
  int release(String provider, Optional<Operation> operation, String reason, String who);
}
