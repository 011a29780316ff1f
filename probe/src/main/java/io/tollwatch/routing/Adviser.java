package io.tollwatch.routing;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.health.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says where the router would send a new payment, without asking for leave: no permit is taken and
/// no probe is used up. Thread-safe.
public final class Adviser {

  /// Draws the lot that is in the middle: what comes most often.
  private static final double USUAL = 0.5;

  private final Router router;
  private final Supplier<List<Standing>> breakers;

  /// @param breakers how all of them stand now
  public Adviser(Router router, Supplier<List<Standing>> breakers) {
    this.router = router;
    this.breakers = breakers;
  }

  /// For one payment: lots are drawn as for a call.
  public Advice advise(Channel channel, Router.Wish wish) {
    return advise(channel, wish, router.random());
  }

  /// What most payments get: no lots are drawn, so that it changes only if something happened.
  public Advice usual(Channel channel, Router.Wish wish) {
    return advise(channel, wish, () -> USUAL);
  }

  private Advice advise(Channel channel, Router.Wish wish, DoubleSupplier random) {
    Map<BreakerKey, Standing> standings =
        breakers.get().stream().collect(Collectors.toMap(Standing::breaker, Function.identity()));
    Lineup lineup = router.lineUp(channel);
    List<Advice.Candidate> candidates = new ArrayList<>();
    Optional<String> first = Optional.empty();
    for (String provider : router.order(channel, lineup, wish, random)) {
      Optional<String> shut = shut(wish.key(provider), standings, random);
      if (shut.isEmpty() && first.isEmpty()) {
        first = Optional.of(provider);
      }
      String usable =
          first.filter(provider::equals).isPresent() ? "first that can take it" : "can take it";
      candidates.add(
          new Advice.Candidate(
              provider, shut.isEmpty(), shut.orElseGet(() -> lineup.reason(provider, usable))));
    }
    for (Decision dropped : lineup.dropped()) {
      candidates.add(new Advice.Candidate(dropped.provider(), false, dropped.reason()));
    }
    return new Advice(first, candidates);
  }

  /// Why a breaker, of the operation or of its rail, would let nothing through.
  private static Optional<String> shut(
      BreakerKey key, Map<BreakerKey, Standing> standings, DoubleSupplier random) {
    return Stream.of(BreakerKey.of(key.provider(), key.operation()), key)
        .map(each -> Optional.ofNullable(standings.get(each)))
        .flatMap(Optional::stream)
        .filter(each -> !letsThrough(each, random))
        .findFirst()
        .map(each -> each.breaker().shown() + " is " + each.state().word() + ": " + each.reason());
  }

  private static boolean letsThrough(Standing standing, DoubleSupplier random) {
    return standing.state() == BreakerState.RAMPING
        ? random.getAsDouble() * 100 < standing.share()
        : standing.share() > 0;
  }
}
