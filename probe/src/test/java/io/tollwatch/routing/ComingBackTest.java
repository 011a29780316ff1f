package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.health.BreakerListener;
import io.tollwatch.health.BreakerSettings;
import io.tollwatch.health.HealthBoard;
import io.tollwatch.health.LimitSettings;
import io.tollwatch.health.Limits;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A channel of `a` and `b`, of which `a` comes back from an outage: it is spared what `b` can
/// take, and no more than that.
class ComingBackTest {

  private static final Router.Wish PAYMENT =
      new Router.Wish(Operation.PAY, Optional.empty(), Origin.LIVE);

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-26T00:00:00Z"));
  private final HealthBoard board =
      new HealthBoard(
          _ -> BreakerSettings.defaults(),
          new Limits(_ -> LimitSettings.defaults(), time.nanos()),
          time.instants(),
          time.nanos(),
          () -> 1.0,
          new Silent());
  private final Router router = new Router(board);
  private final Adviser adviser = new Adviser(router, board::standings);

  private static final class Silent implements BreakerListener {
    @Override
    public void changed(BreakerChange change) {}

    @Override
    public void denied(BreakerKey breaker) {}
  }

  private void stands(String provider, BreakerState state) {
    board.restore(
        List.of(
            new BreakerChange(
                time.now(),
                BreakerKey.of(provider, Operation.PAY),
                BreakerState.CLOSED,
                state,
                "an outage",
                Optional.empty(),
                Optional.of(time.now().plusSeconds(60)),
                1)));
  }

  private Route route() {
    return router.choose(Moves.channel(), PAYMENT, Set.of(), "first that can take it");
  }

  /// Where a hundred payments go.
  private Map<String, Long> hundred() {
    return IntStream.range(0, 100)
        .mapToObj(_ -> route() instanceof Route.Chosen chosen ? chosen.provider() : "nowhere")
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private Optional<String> advised() {
    return adviser.usual(Moves.channel(), PAYMENT).provider();
  }

  @Test
  void getsItsShareWhileAnotherCanTakeTheRest() {
    stands("a", BreakerState.RAMPING);
    assertThat(hundred()).isEqualTo(Map.of("a", 5L, "b", 95L));
    assertThat(advised()).contains("b");
  }

  @Test
  void getsAllWhileNoOtherCanTakeThem() {
    stands("a", BreakerState.RAMPING);
    stands("b", BreakerState.OPEN);
    assertThat(hundred()).isEqualTo(Map.of("a", 100L));
    assertThat(advised()).contains("a");
    assertThat(adviser.usual(Moves.channel(), PAYMENT).providers())
        .extracting(Advice.Candidate::usable)
        .containsExactly(true, false);
    assertThat(((Route.Chosen) route()).decisions())
        .extracting(Decision::provider, Decision::reason)
        .contains(tuple("a", "it comes back from an outage, and no other can take it"));
  }

  @Test
  void turnsNobodyAwayWhereAllComeBackAtOnce() {
    stands("a", BreakerState.RAMPING);
    stands("b", BreakerState.RAMPING);
    assertThat(hundred()).isEqualTo(Map.of("a", 96L, "b", 4L));
    assertThat(advised()).contains("a");
  }

  @Test
  void isNoReasonToTestAProviderWithMoreThanOnePayment() {
    stands("a", BreakerState.HALF_OPEN);
    stands("b", BreakerState.OPEN);
    assertThat(hundred()).as("P7").isEqualTo(Map.of("a", 1L, "nowhere", 99L));
  }

  @Test
  void leavesOutWhomTheCallHasAskedAlready() {
    stands("a", BreakerState.RAMPING);
    assertThat(router.choose(Moves.channel(), PAYMENT, Set.of("a", "b"), "next"))
        .isEqualTo(new Route.Exhausted(List.of()));
  }

  @Test
  void isHeldToWhatItCanHaveUnderWay() {
    stands("a", BreakerState.RAMPING);
    stands("b", BreakerState.OPEN);
    int most = LimitSettings.defaults().maxRunning();
    IntStream.range(0, most).forEach(_ -> assertThat(route()).isInstanceOf(Route.Chosen.class));
    assertThat(route()).isInstanceOf(Route.Exhausted.class);
  }
}
