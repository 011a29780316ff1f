package io.tollwatch.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.health.UsOrThem.Culprit;
import io.tollwatch.health.UsOrThem.Finding;
import io.tollwatch.health.UsOrThem.Seen;
import io.tollwatch.health.UsOrThem.Side;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsOrThemTest {

  private static final Side GOOD = new Side(20, 1);
  private static final Side BAD = new Side(20, 15);
  private static final Verdict FINE = Samples.succeeded(1).verdict();
  private static final Verdict LOST = Samples.lost(1).verdict();
  private static final Verdict DECLINED = Samples.declined(1, "card_declined").verdict();

  @Test
  void whereBothFailItIsTheProvider() {
    assertThat(UsOrThem.of(List.of(seen("stripe", BAD, BAD), seen("adyen", GOOD, GOOD))))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.culprit()).isEqualTo(Culprit.PROVIDER);
          assertThat(finding.provider()).contains("stripe");
          assertThat(finding.sentence())
              .isEqualTo(
                  "stripe pay: it is the provider: 15 of 20 live calls and 15 of 20 of the checks'"
                      + " fail");
        });
    assertThat(culprits(seen("stripe", BAD, BAD)))
        .as("one alone may be the provider: nothing else was asked")
        .containsExactly(Culprit.PROVIDER);
  }

  @Test
  void whereOnlyLiveCallsFailItIsUs() {
    assertThat(UsOrThem.of(List.of(seen("stripe", BAD, GOOD))))
        .extracting(Finding::sentence)
        .containsExactly(
            "stripe pay: it is us: 15 of 20 live calls fail, but only 1 of 20 of the checks'");
  }

  @Test
  void whereBothFailAtAllProvidersItIsOurNetwork() {
    assertThat(culprits(seen("adyen", BAD, BAD), seen("stripe", BAD, BAD)))
        .containsExactly(Culprit.NETWORK);
    assertThat(culprits(seen("adyen", BAD, GOOD), seen("stripe", BAD, BAD)))
        .containsExactly(Culprit.US, Culprit.PROVIDER);
  }

  @Test
  void saysNothingWithoutTroubleOrWithoutBothSides() {
    assertThat(culprits(seen("stripe", GOOD, BAD), seen("adyen", GOOD, GOOD))).isEmpty();
    assertThat(culprits(seen("stripe", BAD, Side.none()))).isEmpty();
    assertThat(culprits(seen("stripe", new Side(1, 1), BAD))).as("too few").isEmpty();
  }

  @Test
  void countsTheLastTenMinutesAndNoDeclines() {
    ManualTime time = new ManualTime(Instant.parse("2026-11-26T12:00:00Z"));
    Sides sides = new Sides(time.instants());
    for (int i = 0; i < 3; i++) {
      sides.note("stripe", Operation.PAY, Origin.LIVE, LOST);
      sides.note("stripe", Operation.PAY, Origin.LIVE, DECLINED);
      sides.note("stripe", Operation.PAY, Origin.SYNTHETIC, FINE);
      sides.note("stripe", Operation.PAY, Origin.RECONCILE, LOST);
      sides.note("adyen", Operation.PAY, Origin.LIVE, LOST);
    }
    assertThat(sides.seen())
        .containsExactly(new Seen("stripe", Operation.PAY, new Side(6, 3), new Side(3, 0)));
    time.advance(Duration.ofMinutes(5));
    sides.note("stripe", Operation.PAY, Origin.SYNTHETIC, LOST);
    time.advance(Duration.ofMinutes(6));
    assertThat(sides.seen())
        .containsExactly(new Seen("stripe", Operation.PAY, Side.none(), new Side(1, 1)));
  }

  private static List<Culprit> culprits(Seen... seen) {
    return UsOrThem.of(List.of(seen)).stream().map(Finding::culprit).toList();
  }

  private static Seen seen(String provider, Side live, Side checks) {
    return new Seen(provider, Operation.PAY, live, checks);
  }
}
