package io.tollwatch.report.incident;

import static io.tollwatch.report.incident.Calls.at;
import static io.tollwatch.report.incident.Calls.broken;
import static io.tollwatch.report.incident.Calls.call;
import static io.tollwatch.report.incident.Calls.declined;
import static io.tollwatch.report.incident.Calls.unreached;
import static io.tollwatch.report.incident.Calls.well;
import static io.tollwatch.report.incident.Calls.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallWatchTest {

  private static List<Fact> three(Fact call) {
    return Collections.nCopies(3, call);
  }

  @Test
  void aQuietDayShowsNothing() {
    List<Sign> signs =
        new Calls()
            .with(minute -> three(well(minute, "stripe")))
            .with(minute -> minute % 40 == 0 ? List.of(broken(minute, "stripe")) : List.of())
            .with(minute -> minute % 9 == 0 ? List.of(declined(minute, "stripe")) : List.of())
            .signs(600);

    assertThat(signs).isEmpty();
  }

  @Test
  void tellsWithinMinutesThatCallsFailAndThatItIsOver() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                three(within(minute, 0, 30) ? broken(minute, "stripe") : well(minute, "stripe")))
            .signs(120);

    assertThat(signs)
        .singleElement()
        .satisfies(sign -> {
          assertThat(sign.kind()).isEqualTo(Kind.FAILURES);
          assertThat(sign.from()).isEqualTo(at(0));
          assertThat(sign.toldAt()).isBetween(at(1), at(3));
          assertThat(sign.until().orElseThrow()).isBetween(at(27), at(31));
          assertThat(sign.words()).contains("calls in 5 minutes found it unavailable");
        });
  }

  @Test
  void seesThatFewCallsFailInHalfAnHour() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                minute % 2 == 0
                    ? List.of(
                        within(minute, 0, 40) ? broken(minute, "adyen") : well(minute, "adyen"))
                    : List.of())
            .signs(200);

    assertThat(signs)
        .singleElement()
        .satisfies(sign -> {
          assertThat(sign.toldAt()).isBetween(at(4), at(10));
          assertThat(sign.until()).isPresent();
        });
  }

  @Test
  void whatAlwaysFailsALittleIsNormal() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                three(minute % 8 == 0 ? broken(minute, "stripe") : well(minute, "stripe")))
            .signs(300);

    assertThat(signs).isEmpty();
  }

  @Test
  void tellsSlownessAgainstTheProvidersOwnNormal() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                three(
                    call(
                        minute,
                        "stripe",
                        Category.SUCCEEDED,
                        Fault.NONE,
                        within(minute, 10, 50) ? 1_500 : 150)))
            .with(
                minute -> // always that slow, so it is its normal
                List.of(call(minute, "alipay", Category.SUCCEEDED, Fault.NONE, 1_500)))
            .signs(150);

    assertThat(signs)
        .singleElement()
        .satisfies(sign -> {
          assertThat(sign.kind()).isEqualTo(Kind.LATENCY);
          assertThat(sign.provider()).contains("stripe");
          assertThat(sign.from()).isBetween(at(5), at(15));
          assertThat(sign.until().orElseThrow()).isBetween(at(45), at(60));
        });
  }

  @Test
  void aJumpOfDeclinesIsASignOfItsOwnAndNoFailure() {
    List<Sign> signs =
        new Calls()
            .with(minute -> {
              List<Fact> calls = new ArrayList<>(three(well(minute, "adyen")));
              boolean more = within(minute, 0, 60) || minute % 6 == 0;
              calls.addAll(more ? three(declined(minute, "adyen")) : List.of());
              return calls;
            })
            .signs(180);

    assertThat(signs)
        .singleElement()
        .satisfies(sign -> {
          assertThat(sign.kind()).isEqualTo(Kind.DECLINES);
          assertThat(sign.toldAt()).isBefore(at(20));
          assertThat(sign.until()).isPresent();
        });
  }

  @Test
  void nothingReachedAnywhereIsOurOwnNetwork() {
    Calls calls = new Calls();
    for (String provider : List.of("stripe", "adyen")) {
      calls.with(minute ->
          three(within(minute, 0, 12) ? unreached(minute, provider) : well(minute, provider)));
    }

    assertThat(calls.signs(60))
        .filteredOn(sign -> sign.kind() == Kind.NETWORK)
        .singleElement()
        .satisfies(sign -> {
          assertThat(Duration.between(sign.from(), at(0)).abs()).isLessThan(Duration.ofMinutes(3));
          assertThat(sign.until()).contains(at(12));
          assertThat(sign.words()).isEqualTo("no call reached any of adyen, stripe");
        });
  }

  @Test
  void oneProviderThatCanNotBeReachedIsNotOurNetwork() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                three(within(minute, 0, 12) ? unreached(minute, "stripe") : well(minute, "stripe")))
            .with(minute -> three(well(minute, "adyen")))
            .signs(60);

    assertThat(signs).noneMatch(sign -> sign.kind() == Kind.NETWORK);
  }

  @Test
  void aLongSilenceEndsWhatWasSeen() {
    List<Sign> signs =
        new Calls()
            .with(minute ->
                minute < 0
                    ? three(well(minute, "stripe"))
                    : minute < 10 ? three(broken(minute, "stripe")) : List.of())
            .signs(5_000);

    assertThat(signs)
        .singleElement()
        .satisfies(sign -> assertThat(sign.until().orElseThrow()).isBetween(at(9), at(41)));
  }
}
