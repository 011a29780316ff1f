package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.fixtures.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many calls may be under way at a provider.
class LimitsTest {

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final Limits limits = new Limits(_ -> new LimitSettings(100, 10), time.nanos());

  @Test
  void refusesWhatIsTooMuchForOneProviderOnly() {
    fill("hung");

    assertThat(limits.enter("hung")).isEmpty();
    assertThat(limits.enter("well")).isPresent();
    assertThat(limits.load("hung")).isEqualTo(new Limits.Load(100, 100, 2));
  }

  @Test
  void givesAPlaceBackOnce() {
    List<Limits.Place> places = fill("stripe");

    places.getFirst().close();
    places.getFirst().close();

    assertThat(limits.load("stripe").running()).isEqualTo(99);
  }

  @Test
  void shrinksByATenthASecondWhileCallsAreSlow() {
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < 100; i++) {
        limits.bad("stripe");
      }
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(limits.load("stripe").limit()).isEqualTo(72);
  }

  @Test
  void shrinksToABoundAndGrowsBackUnderLoad() {
    for (int second = 0; second < 100; second++) {
      limits.bad("stripe");
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(limits.load("stripe").limit()).isEqualTo(10);

    limits.good("stripe");
    assertThat(limits.load("stripe").limit()).as("nobody needs more").isEqualTo(10);
    for (int i = 0; i < 200; i++) {
      limits.enter("stripe");
      limits.good("stripe");
    }

    assertThat(limits.load("stripe").limit()).isEqualTo(100);
  }

  @Test
  void isHeldByThePermitsOfCallsThatCouldGoElsewhere() {
    BoardRig rig = new BoardRig();
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      permits.add(rig.ask(BoardRig.PAY, Origin.LIVE).orElseThrow());
    }

    assertThat(rig.ask(BoardRig.PAY, Origin.LIVE)).isEmpty();
    permits.getFirst().settle(Results.SUCCEEDED, BoardRig.USUAL);
    permits.getFirst().abandon();
    assertThat(rig.ask(BoardRig.PAY, Origin.LIVE)).isPresent();
    assertThat(rig.ask(BoardRig.PAY, Origin.LIVE)).isEmpty();
    assertThat(rig.ask(BoardRig.PAY, Origin.SYNTHETIC)).as("a check").isPresent();
  }

  @Test
  void shrinksWhileCallsHang() {
    BoardRig rig = new BoardRig();
    for (int i = 0; i < 10; i++) {
      rig.ask(BoardRig.PAY, Origin.LIVE);
      rig.pass(Duration.ofSeconds(3));
    }

    assertThat(rig.limits.load("stripe").limit()).isLessThan(1000);
  }

  private List<Limits.Place> fill(String provider) {
    List<Limits.Place> places = new ArrayList<>();
    limits.enter(provider).ifPresent(places::add);
    while (places.size() < 100) {
      places.add(limits.enter(provider).orElseThrow());
    }
    assertThat(limits.enter(provider)).isEmpty();
    return places;
  }
}
