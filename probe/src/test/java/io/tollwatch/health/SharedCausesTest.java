package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What fails together, and what must not be taken down with it: rails of one operation, providers
/// behind one network.
class SharedCausesTest {

  private static final BreakerKey PAY = BoardRig.PAY;
  private static final BreakerKey ADYEN = BreakerKey.of("adyen", Operation.PAY);
  private static final List<String> BRANDS = List.of("visa", "mastercard", "amex", "discover");

  private final BoardRig rig = new BoardRig();

  @Test
  void opensForOneBrandOnly() {
    for (int i = 0; i < 1000; i++) {
      for (String brand : BRANDS) {
        rig.call(rail(brand), brand.equals("visa") ? Results.TIMED_OUT : Results.SUCCEEDED);
      }
      rig.pass(Duration.ofMillis(10));
    }

    assertThat(rig.state(rail("visa"))).isEqualTo(BreakerState.OPEN);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
    assertThat(rig.call(rail("amex"), Results.SUCCEEDED)).isTrue();
    assertThat(rig.call(PAY, Results.SUCCEEDED)).as("a call whose brand is unknown").isTrue();
  }

  @Test
  void opensForAllIfMostBrandsFail() {
    mostBrandsFail();

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.standing(PAY).reason()).startsWith("3 of 4");
    assertThat(rig.call(rail("discover"), Results.SUCCEEDED)).isFalse();
  }

  @Test
  void triesTheBrandsAgainWithTheOperation() {
    mostBrandsFail();

    rig.pass(Duration.ofSeconds(10));
    rig.check(PAY, Results.SUCCEEDED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.RAMPING);
    assertThat(rig.state(rail("visa"))).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void holdsABoundedNumberOfRails() {
    for (int i = 0; i < 1000; i++) {
      rig.call(rail("bank-" + i), Results.SUCCEEDED);
    }
    assertThat(rig.board.standings()).hasSize(1 + BreakerSettings.defaults().rails());

    rig.calls(20, rail("bank-999"), Results.FAILED);

    assertThat(rig.state(PAY)).as("the others count to the operation").isEqualTo(BreakerState.OPEN);
  }

  @Test
  void takesProvidersThatFailTogetherForOurNetwork() {
    rig.calls(10, PAY, Results.SUCCEEDED);
    rig.calls(10, ADYEN, Results.SUCCEEDED);
    rig.pass(Duration.ofSeconds(1));

    both(1000, Results.UNREACHED);

    assertThat(rig.board.ownNetworkFailsSince()).isPresent();
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
    assertThat(rig.state(ADYEN)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void closesWhatOpenedBeforeOurNetworkWasFound() {
    rig.calls(20, PAY, Results.UNREACHED);
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);

    rig.calls(20, ADYEN, Results.UNREACHED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.CLOSED);
    assertThat(rig.state(ADYEN)).isEqualTo(BreakerState.CLOSED);
    assertThat(rig.changes.getLast().reason()).isEqualTo("it was our own network");
  }

  @Test
  void blamesTheProviderIfAnotherCanBeReached() {
    BreakerKey mollie = BreakerKey.of("mollie", Operation.PAY);
    for (int i = 0; i < 20; i++) {
      both(1, Results.UNREACHED);
      rig.call(mollie, Results.DECLINED);
      rig.pass(Duration.ofMillis(10));
    }

    assertThat(rig.board.ownNetworkFailsSince()).isEmpty();
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.state(ADYEN)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.state(mollie)).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void blamesProvidersThatFailTogetherButAnswer() {
    both(20, Results.FAILED);

    assertThat(rig.board.ownNetworkFailsSince()).isEmpty();
    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
    assertThat(rig.state(ADYEN)).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void believesInOurNetworkAgainOnceAProviderIsReached() {
    both(10, Results.UNREACHED);

    rig.call(ADYEN, Results.SUCCEEDED);
    assertThat(rig.board.ownNetworkFailsSince()).isEmpty();
    rig.calls(20, PAY, Results.UNREACHED);

    assertThat(rig.state(PAY)).isEqualTo(BreakerState.OPEN);
  }

  private void mostBrandsFail() {
    BRANDS.forEach(brand -> rig.call(rail(brand), Results.SUCCEEDED));
    for (int i = 0; i < 20; i++) {
      BRANDS.stream().limit(3).forEach(brand -> rig.call(rail(brand), Results.TIMED_OUT));
    }
  }

  private void both(int times, Verdict verdict) {
    for (int i = 0; i < times; i++) {
      rig.call(PAY, verdict);
      rig.call(ADYEN, verdict);
    }
  }

  private static BreakerKey rail(String name) {
    return new BreakerKey("stripe", Operation.PAY, Optional.of(name));
  }
}
