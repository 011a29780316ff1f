package io.tollwatch.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final BreakerKey PAY = BreakerKey.of("stripe", Operation.PAY);
  private static final BreakerKey VISA =
      new BreakerKey("stripe", Operation.PAY, Optional.of("visa"));
  private static final BreakerKey ADYEN = BreakerKey.of("adyen", Operation.PAY);

  private static BreakerChange change(
      int minute, BreakerKey breaker, BreakerState from, BreakerState to) {
    return new BreakerChange(
        START.plus(Duration.ofMinutes(minute)),
        breaker,
        from,
        to,
        "because",
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static BreakerChange opens(int minute, BreakerKey breaker) {
    return change(minute, breaker, BreakerState.CLOSED, BreakerState.OPEN);
  }

  private static BreakerChange closes(int minute, BreakerKey breaker) {
    return change(minute, breaker, BreakerState.RAMPING, BreakerState.CLOSED);
  }

  private static List<Incident> found(BreakerChange... changes) {
    Incidents incidents = new Incidents();
    List.of(changes).forEach(incidents);
    return incidents.found();
  }

  @Test
  void oneLastsUntilAllBreakersOfTheProviderAreClosed() {
    assertThat(found(opens(0, VISA), opens(2, PAY), closes(9, VISA), closes(12, PAY)))
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.id()).isEqualTo("stripe-20260301T100000Z");
          assertThat(incident.breakers()).containsExactly("pay", "pay visa");
          assertThat(incident.ended()).contains(START.plus(Duration.ofMinutes(12)));
        });
  }

  @Test
  void probesAndRampsAreStillOfIt() {
    assertThat(
            found(
                opens(0, PAY),
                change(5, PAY, BreakerState.OPEN, BreakerState.HALF_OPEN),
                change(6, PAY, BreakerState.HALF_OPEN, BreakerState.RAMPING)))
        .singleElement()
        .satisfies(incident -> assertThat(incident.ended()).isEmpty());
  }

  @Test
  void whatComesBackWithinTenMinutesIsTheSame() {
    assertThat(found(opens(0, PAY), closes(5, PAY), opens(15, PAY), closes(20, PAY))).hasSize(1);
    assertThat(found(opens(0, PAY), closes(5, PAY), opens(16, PAY), closes(20, PAY))).hasSize(2);
  }

  @Test
  void eachProviderHasItsOwn() {
    assertThat(found(opens(0, PAY), opens(1, ADYEN), closes(2, PAY), closes(3, ADYEN)))
        .extracting(Incident::provider)
        .containsExactly("stripe", "adyen");
  }

  @Test
  void anOrderThatKeepsCallsAwayIsOneAndTheOthersAreNot() {
    assertThat(found(change(0, PAY, BreakerState.CLOSED, BreakerState.FORCED_OPEN))).hasSize(1);
    assertThat(found(change(0, PAY, BreakerState.CLOSED, BreakerState.OBSERVE_ONLY))).isEmpty();
    assertThat(found(opens(0, PAY), change(1, PAY, BreakerState.OPEN, BreakerState.FORCED_CLOSED)))
        .singleElement()
        .satisfies(incident -> assertThat(incident.ended()).isPresent());
  }
}
