package io.tollwatch.routing;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.health.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says where the router would send a new payment, without asking for leave: no permit is taken and
/// no probe is used up. Thread-safe.
public final class Adviser {

  /// Draws the lot that is in the middle: what comes most often.
  private static final double USUAL = 0.5;

  private static final String FIRST = "first that can take it";
  private static final String CAN = "can take it";

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
    Map<String, List<Standing>> against = new LinkedHashMap<>();
    for (String provider : router.order(channel, lineup, wish, random)) {
      against.put(provider, against(wish.key(provider), standings, random));
    }
    Optional<String> first = first(against, List::isEmpty);
    Optional<String> last =
        first.isPresent() ? Optional.empty() : first(against, Adviser::comesBack);
    List<Advice.Candidate> candidates = new ArrayList<>();
    against.forEach((provider, shut) -> {
      boolean usable = shut.isEmpty() || last.filter(provider::equals).isPresent();
      String reason =
          shut.isEmpty()
              ? lineup.reason(provider, first.filter(provider::equals).isPresent() ? FIRST : CAN)
              : usable ? Router.LAST : reason(shut.getFirst());
      candidates.add(new Advice.Candidate(provider, usable, reason));
    });
    for (Decision dropped : lineup.dropped()) {
      candidates.add(new Advice.Candidate(dropped.provider(), false, dropped.reason()));
    }
    return new Advice(first.or(() -> last), candidates);
  }

  private static Optional<String> first(
      Map<String, List<Standing>> against, Predicate<List<Standing>> fits) {
    return against.entrySet().stream()
        .filter(each -> fits.test(each.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// The breakers, of the operation and of its rail, that would not let the payment through.
  private static List<Standing> against(
      BreakerKey key, Map<BreakerKey, Standing> standings, DoubleSupplier random) {
    return Stream.of(BreakerKey.of(key.provider(), key.operation()), key)
        .distinct()
        .map(each -> Optional.ofNullable(standings.get(each)))
        .flatMap(Optional::stream)
        .filter(each -> !letsThrough(each, random))
        .toList();
  }

  /// Whether it takes what no other can, beyond its share.
  private static boolean comesBack(List<Standing> against) {
    return against.stream().allMatch(each -> each.state() == BreakerState.RAMPING);
  }

  private static String reason(Standing shut) {
    return shut.breaker().shown() + " is " + shut.state().word() + ": " + shut.reason();
  }

  private static boolean letsThrough(Standing standing, DoubleSupplier random) {
    return standing.state() == BreakerState.RAMPING
        ? random.getAsDouble() * 100 < standing.share()
        : standing.share() > 0;
  }
}
