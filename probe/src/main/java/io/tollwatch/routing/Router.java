package io.tollwatch.routing;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.health.Admission;
import io.tollwatch.health.Health;
import io.tollwatch.health.Permit;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// Chooses providers by strategy and health, and says why. Whether a call may move at all is the
/// gate's. Thread-safe.
public final class Router {

  private final Health health;
  private final DoubleSupplier random;

  /// A router that draws lots by chance.
  public Router(Health health) {
    this(health, () -> ThreadLocalRandom.current().nextDouble());
  }

  /// @param random from 0 to below 1, each time anew
  Router(Health health, DoubleSupplier random) {
    this.health = health;
    this.random = random;
  }

  /// What is to be routed. Immutable.
  ///
  /// @param rail the card brand, wallet or bank, where it is known
  /// @param payment fingerprint of what the payment is known by
  public record Wish(
      Operation operation, Optional<String> rail, Origin origin, Optional<String> payment) {

    /// Of a call whose payment needs no name.
    public Wish(Operation operation, Optional<String> rail, Origin origin) {
      this(operation, rail, origin, Optional.empty());
    }

    BreakerKey key(String provider) {
      return new BreakerKey(provider, operation, rail);
    }
  }

  /// The first provider of the channel that can take the call.
  ///
  /// @param passedOver providers that are not asked
  /// @param reason why the first one that can is chosen
  public Route choose(Channel channel, Wish wish, Set<String> passedOver, String reason) {
    List<Decision> decisions = new ArrayList<>();
    for (String provider : channel.strategy().order(channel.providers(), wish.payment(), random)) {
      if (passedOver.contains(provider)) {
        continue;
      }
      switch (health.ask(wish.key(provider), wish.origin())) {
        case Admission.Granted(Permit permit) -> {
          decisions.add(chosen(provider, reason));
          return new Route.Chosen(provider, permit, decisions);
        }
        case Admission.Denied(BreakerState _, String denied) ->
            decisions.add(new Decision(Decision.Kind.SKIPPED, provider, denied));
      }
    }
    return new Route.Exhausted(decisions);
  }

  /// The one provider that a call must go to, whatever its breaker says, unless somebody ordered it
  /// open.
  ///
  /// @param reason why it must
  public Route only(String provider, Wish wish, String reason) {
    return switch (health.ask(wish.key(provider), wish.origin())) {
      case Admission.Granted(Permit permit) -> bound(provider, permit, reason);
      case Admission.Denied(BreakerState state, String denied) ->
          state == BreakerState.FORCED_OPEN
              ? new Route.Exhausted(List.of(new Decision(Decision.Kind.SKIPPED, provider, denied)))
              : bound(provider, watch(provider, wish), reason);
    };
  }

  /// Takes note of a call whose caller named the provider.
  public Permit watch(String provider, Wish wish) {
    return health.watch(wish.key(provider), wish.origin());
  }

  private static Route bound(String provider, Permit permit, String reason) {
    return new Route.Chosen(provider, permit, List.of(chosen(provider, reason)));
  }

  private static Decision chosen(String provider, String reason) {
    return new Decision(Decision.Kind.CHOSEN, provider, reason);
  }
}
