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

  /// Why a provider takes more than its share.
  static final String LAST = "it comes back from an outage, and no other can take it";

  private final Health health;
  private final TrackRecord record;
  private final Roster roster;
  private final DoubleSupplier random;

  /// A router that does not look back.
  public Router(Health health) {
    this(health, new TrackRecord(() -> 0));
  }

  private Router(Health health, TrackRecord record) {
    this(health, record, Roster.untouched(record));
  }

  /// A router that draws lots by chance.
  public Router(Health health, TrackRecord record, Roster roster) {
    this(health, record, roster, () -> ThreadLocalRandom.current().nextDouble());
  }

  /// @param random from 0 to below 1, each time anew
  Router(Health health, TrackRecord record, Roster roster, DoubleSupplier random) {
    this.health = health;
    this.record = record;
    this.roster = roster;
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
    Lineup lineup = lineUp(channel);
    List<Decision> decisions = new ArrayList<>();
    lineup.dropped().stream()
        .filter(each -> !passedOver.contains(each.provider()))
        .forEach(decisions::add);
    List<String> comingBack = new ArrayList<>();
    for (String provider : order(channel, lineup, wish, random)) {
      if (passedOver.contains(provider)) {
        continue;
      }
      switch (health.ask(wish.key(provider), wish.origin())) {
        case Admission.Granted(Permit permit) -> {
          decisions.add(chosen(provider, lineup.reason(provider, reason)));
          return new Route.Chosen(provider, noted(permit, provider, wish), decisions);
        }
        case Admission.Denied(BreakerState state, String denied) -> {
          decisions.add(new Decision(Decision.Kind.SKIPPED, provider, denied));
          if (state == BreakerState.RAMPING) {
            comingBack.add(provider);
          }
        }
      }
    }
    return last(comingBack, wish, decisions);
  }

  /// A provider that comes back from an outage is spared calls that another can take, no others: a
  /// payment that is turned away is lost for sure.
  private Route last(List<String> comingBack, Wish wish, List<Decision> decisions) {
    for (String provider : comingBack) {
      if (health.askAsLast(wish.key(provider), wish.origin())
          instanceof Admission.Granted(Permit permit)) {
        decisions.add(chosen(provider, LAST));
        return new Route.Chosen(provider, noted(permit, provider, wish), decisions);
      }
    }
    return new Route.Exhausted(decisions);
  }

  Lineup lineUp(Channel channel) {
    return roster.lineUp(channel);
  }

  DoubleSupplier random() {
    return random;
  }

  /// Those that come into question, in the order in which they are asked.
  List<String> order(Channel channel, Lineup lineup, Wish wish, DoubleSupplier random) {
    Strategy.Basis basis =
        new Strategy.Basis(
            wish.payment(),
            (provider, window) -> record.of(provider, wish.operation(), window),
            random);
    return lineup.placed(
        channel.strategy().order(lineup.left(), basis),
        canary -> channel.strategy().lot(canary, basis));
  }

  /// The one provider that a call must go to, whatever its breaker says, unless somebody ordered it
  /// open.
  ///
  /// @param reason why it must
  public Route only(String provider, Wish wish, String reason) {
    return switch (health.ask(wish.key(provider), wish.origin())) {
      case Admission.Granted(Permit permit) ->
          bound(provider, noted(permit, provider, wish), reason);
      case Admission.Denied(BreakerState state, String denied) ->
          state == BreakerState.FORCED_OPEN
              ? new Route.Exhausted(List.of(new Decision(Decision.Kind.SKIPPED, provider, denied)))
              : bound(provider, watch(provider, wish), reason);
    };
  }

  /// Takes note of a call whose caller named the provider.
  public Permit watch(String provider, Wish wish) {
    return noted(health.watch(wish.key(provider), wish.origin()), provider, wish);
  }

  private Permit noted(Permit permit, String provider, Wish wish) {
    return wish.origin() == Origin.LIVE ? new Noting(permit, wish.key(provider), record) : permit;
  }

  private static Route bound(String provider, Permit permit, String reason) {
    return new Route.Chosen(provider, permit, List.of(chosen(provider, reason)));
  }

  private static Decision chosen(String provider, String reason) {
    return new Decision(Decision.Kind.CHOSEN, provider, reason);
  }
}
