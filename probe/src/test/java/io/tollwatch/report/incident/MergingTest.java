package io.tollwatch.report.incident;

import static io.tollwatch.report.incident.Calls.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.PastDoubt;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergingTest {

  private static final BreakerKey PAY = BreakerKey.of("stripe", Operation.PAY);
  private static final BreakerKey REFUND = BreakerKey.of("stripe", Operation.REFUND);
  private static final BreakerKey VISA =
      new BreakerKey("stripe", Operation.PAY, Optional.of("visa"));
  private static final BreakerKey ADYEN = BreakerKey.of("adyen", Operation.PAY);

  private final BreakerSigns breakers = new BreakerSigns();
  private final List<Sign> others = new ArrayList<>();
  private final OldDoubts doubts = new OldDoubts(at(10_000));

  private MergingTest change(int minute, BreakerKey breaker, BreakerState from, BreakerState to) {
    breakers.accept(
        new BreakerChange(
            at(minute), breaker, from, to, "because", Optional.empty(), Optional.empty(), 0));
    return this;
  }

  private MergingTest opens(int minute, BreakerKey breaker) {
    return change(minute, breaker, BreakerState.CLOSED, BreakerState.OPEN);
  }

  private MergingTest closes(int minute, BreakerKey breaker) {
    return change(minute, breaker, BreakerState.RAMPING, BreakerState.CLOSED);
  }

  private MergingTest sign(Kind kind, Optional<String> provider, int from, int until) {
    others.add(
        new Sign(
            kind,
            provider,
            provider.map(_ -> Operation.PAY),
            Optional.empty(),
            at(from),
            at(from + 2),
            Optional.of(at(until)),
            ""));
    return this;
  }

  private MergingTest doubt(int from, int until) {
    doubts.accept(new PastDoubt("stripe", Operation.PAY, at(from), Optional.of(at(until))));
    return this;
  }

  private List<Incident> found() {
    List<Sign> signs = new ArrayList<>(breakers.signs());
    signs.addAll(others);
    return Merging.of(signs, doubts);
  }

  @Test
  void oneLastsUntilAllThatShowedItIsOver() {
    assertThat(opens(0, VISA).opens(2, PAY).closes(9, VISA).closes(12, PAY).found())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.id()).isEqualTo("stripe-20260302T1200Z");
          assertThat(incident.scope().words()).isEqualTo("stripe pay");
          assertThat(incident.mitigatedAt()).contains(at(0));
          assertThat(incident.recoveredAt()).contains(at(12));
        });
  }

  @Test
  void itsScopeIsAsNarrowAsItsSignsAre() {
    assertThat(opens(0, VISA).closes(5, VISA).found().getFirst().scope().words())
        .isEqualTo("stripe pay visa");
    assertThat(opens(6, REFUND).closes(8, REFUND).found())
        .singleElement()
        .satisfies(it -> assertThat(it.scope().words()).isEqualTo("stripe"));
  }

  @Test
  void probesAndRampsAreStillOfIt() {
    assertThat(
            opens(0, PAY)
                .change(5, PAY, BreakerState.OPEN, BreakerState.HALF_OPEN)
                .change(6, PAY, BreakerState.HALF_OPEN, BreakerState.RAMPING)
                .found())
        .singleElement()
        .satisfies(incident -> assertThat(incident.recoveredAt()).isEmpty());
  }

  @Test
  void whatComesBackWithinTenMinutesIsTheSame() {
    assertThat(opens(0, PAY).closes(5, PAY).opens(15, PAY).closes(20, PAY).found()).hasSize(1);
    assertThat(opens(31, PAY).closes(35, PAY).found()).hasSize(2);
  }

  @Test
  void eachProviderHasItsOwn() {
    assertThat(opens(0, PAY).opens(1, ADYEN).closes(2, PAY).closes(3, ADYEN).found())
        .extracting(Incident::id)
        .containsExactly("stripe-20260302T1200Z", "adyen-20260302T1201Z");
  }

  @Test
  void anOrderThatKeepsCallsAwayIsOneAndTheOthersAreNot() {
    assertThat(change(0, ADYEN, BreakerState.CLOSED, BreakerState.OBSERVE_ONLY).found()).isEmpty();
    assertThat(change(0, PAY, BreakerState.CLOSED, BreakerState.FORCED_OPEN).found()).hasSize(1);
    assertThat(change(9, PAY, BreakerState.FORCED_OPEN, BreakerState.FORCED_CLOSED).found())
        .singleElement()
        .satisfies(incident -> assertThat(incident.recoveredAt()).contains(at(9)));
  }

  @Test
  void whatBeginsWhileOurNetworkFailsIsOneIncidentOfOurNetwork() {
    sign(Kind.NETWORK, Optional.empty(), 0, 20)
        .sign(Kind.FAILURES, Optional.of("stripe"), 1, 22)
        .sign(Kind.FAILURES, Optional.of("adyen"), 2, 21)
        .sign(Kind.DECLINES, Optional.of("adyen"), 3, 60);

    assertThat(found())
        .extracting(Incident::id)
        .containsExactly("network-20260302T1200Z", "adyen-20260302T1203Z");
    assertThat(found().getFirst().scope().words()).isEqualTo("our network");
    assertThat(found().getFirst().signs()).hasSize(3);
  }

  @Test
  void oldDoubtsBelongToTheIncidentThatMadeThemAndDoNotProlongIt() {
    assertThat(opens(0, PAY).closes(30, PAY).doubt(5, 500).doubt(6, 20).found())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.recoveredAt()).contains(at(30));
          assertThat(incident.signs()).extracting(Sign::kind).contains(Kind.OLD_DOUBT);
        });
  }

  @Test
  void aDoubtThatGrowsOldWithoutAnythingElseIsAnIncident() {
    assertThat(doubt(0, 200).doubt(100, 300).doubt(1_000, 1_030).found())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.detectedAt()).isEqualTo(at(60));
          assertThat(incident.recoveredAt()).contains(at(300));
          assertThat(incident.signs().getFirst().words()).startsWith("2 payments were in doubt");
        });
  }

  @Test
  void theOrderOfSignsDoesNotMatter() {
    opens(0, PAY).closes(5, PAY).opens(3, VISA).closes(40, VISA).opens(48, REFUND);
    List<Sign> signs = breakers.signs();

    assertThat(Merging.of(signs.reversed(), doubts)).isEqualTo(Merging.of(signs, doubts));
  }
}
