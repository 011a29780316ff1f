package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.calendar.MaintenanceWindow;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.MemberState;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.health.Sign;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A channel of `a` and `b`, with a clock that stands still unless it is told to go on.
class RosterTest {

  private static final Channel CARD = Moves.channel();

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-26T00:00:00Z"));
  private final TrackRecord record = new TrackRecord(time.nanos());
  private final List<ChannelChange> changes = new ArrayList<>();
  private List<MaintenanceWindow> windowsOfA = List.of();
  private Roster roster = roster();

  private Roster roster() {
    return new Roster(
        new Maintenance(provider -> provider.equals("a") ? windowsOfA : List.of()),
        record,
        time.instants(),
        changes::add);
  }

  private void order(MemberState state, String provider) {
    roster.order(CARD, provider, given(state));
  }

  private MemberOrder given(MemberState state) {
    return switch (MemberOrder.of(
        state, "reason", "ann", Optional.of(Duration.ofHours(12)), time.instants().instant())) {
      case MemberOrder.Given.Right(MemberOrder order) -> order;
      case MemberOrder.Given.Wrong(String why) -> throw new AssertionError(why);
    };
  }

  @Test
  void aDrainedProviderDoesNotComeIntoQuestionUntilTheOrderEnds() {
    order(MemberState.DRAINED, "a");
    assertThat(roster.lineUp(CARD).left()).containsExactly("b");

    time.advance(Duration.ofHours(12));
    assertThat(roster.lineUp(CARD).left()).containsExactly("a", "b");
    roster.advance(List.of(CARD));
    roster.advance(List.of(CARD));
    assertThat(changes)
        .extracting(ChannelChange::to)
        .containsExactly(MemberState.DRAINED, MemberState.IN_USE);
    assertThat(changes.getLast().reason()).isEqualTo("the order has expired");
  }

  @Test
  void aCanaryThatWentOutStaysOutWhenTheOrderExpires() {
    order(MemberState.CANARY, "a");
    roster.advance(List.of(CARD));
    calls("a", 30, 20);
    calls("b", 300, 3);
    roster.advance(List.of(CARD));
    assertThat(changes.getLast().to()).isEqualTo(MemberState.DRAINED);

    time.advance(Duration.ofDays(30));
    assertThat(roster.lineUp(CARD).left()).as("before anybody looks").containsExactly("b");
    roster.advance(List.of(CARD));
    roster.advance(List.of(CARD));
    assertThat(roster.lineUp(CARD).left()).containsExactly("b");
    assertThat(changes).hasSize(3);
    assertThat(changes.getLast().reason()).contains("has expired", "worse than the others");
    assertThat(roster.standings(CARD).getFirst().until()).isEmpty();

    List<ChannelChange> kept = List.copyOf(changes);
    roster = roster();
    kept.forEach(roster::recall);
    assertThat(roster.lineUp(CARD).left()).as("after a restart").containsExactly("b");
    assertThat(roster.release(CARD, "a", "mended", "bob")).isTrue();
    assertThat(roster.lineUp(CARD).left()).containsExactly("a", "b");
  }

  @Test
  void aCanaryWaitsAtItsLastStepWhenTheOrderExpiresAndStepsOnlyDown() {
    order(MemberState.CANARY, "a");
    roster.advance(List.of(CARD));
    calls("a", 30, 0);
    calls("b", 300, 0);
    time.advance(Duration.ofMinutes(10));
    roster.advance(List.of(CARD));
    assertThat(roster.lineUp(CARD).canaries()).containsEntry("a", 5);

    time.advance(Duration.ofHours(12));
    roster.advance(List.of(CARD));
    for (int day = 0; day < 3; day++) {
      calls("a", 300, 0);
      calls("b", 3000, 0);
      time.advance(Duration.ofDays(1));
      roster.advance(List.of(CARD));
    }
    assertThat(roster.lineUp(CARD).canaries()).containsEntry("a", 5);

    calls("a", 300, 200);
    calls("b", 3000, 30);
    roster.advance(List.of(CARD));
    assertThat(roster.lineUp(CARD).canaries()).containsEntry("a", 1);
  }

  @Test
  void aCanaryWithAllOfTheTrafficIsInUseWhenTheOrderExpires() {
    stepUpToAll();
    time.advance(Duration.ofHours(12));
    roster.advance(List.of(CARD));

    assertThat(changes.getLast().to()).isEqualTo(MemberState.IN_USE);
  }

  @Test
  void ofAllThatAProviderWasTheLastWordIsKept() {
    order(MemberState.DRAINED, "a");
    time.advance(Duration.ofMinutes(1));
    order(MemberState.DRAINED, "b");
    roster.release(CARD, "a", "done", "bob");

    assertThat(changes).extracting(roster::isLatest).containsExactly(false, true, true);
    assertThat(roster().isLatest(changes.getFirst())).as("nothing is recalled yet").isTrue();
  }

  @Test
  void aReleaseEndsAnOrderOnce() {
    order(MemberState.DRAINED, "a");

    assertThat(roster.release(CARD, "a", "done", "bob")).isTrue();
    assertThat(roster.release(CARD, "a", "done", "bob")).isFalse();
    assertThat(roster.lineUp(CARD).left()).containsExactly("a", "b");
  }

  @Test
  void recallsTheLatestOrderWhereverItStands() {
    order(MemberState.DRAINED, "a");
    time.advance(Duration.ofMinutes(1));
    roster.release(CARD, "a", "done", "bob");
    time.advance(Duration.ofMinutes(1));
    order(MemberState.DRAINED, "b");
    List<ChannelChange> kept = List.copyOf(changes);

    roster = roster();
    kept.reversed().forEach(roster::recall);
    assertThat(roster.lineUp(CARD).left()).containsExactly("a");
    roster = roster();
    kept.forEach(roster::recall);
    assertThat(roster.lineUp(CARD).left()).containsExactly("a");
  }

  @Test
  void aCanaryGetsItsShareAndComesLastForAllOtherCalls() {
    order(MemberState.CANARY, "a");
    Lineup lineup = roster.lineUp(CARD);
    SplittableRandom random = new SplittableRandom(7);
    int first = 0;
    for (int call = 0; call < 100_000; call++) {
      first +=
          lineup.placed(lineup.left(), _ -> random.nextDouble()).getFirst().equals("a") ? 1 : 0;
    }

    assertThat(lineup.left()).containsExactly("a", "b");
    assertThat(first).isBetween(850, 1150);
    assertThat(lineup.placed(lineup.left(), _ -> 0.5)).containsExactly("b", "a");
  }

  @Test
  void aCanaryThatDoesAsWellStepsUpToAllOfTheTraffic() {
    stepUpToAll();

    assertThat(changes).extracting(ChannelChange::share).containsExactly(1, 5, 25, 50, 100);
    assertThat(changes.getLast().reason())
        .isEqualTo("no worse than the others: 29 of 30 calls went well, of the others 291 of 300");
    assertThat(changes.getLast().until()).isEqualTo(changes.getFirst().until());
  }

  @Test
  void aCanaryThatDoesWorseStepsDownAndOutAtOnce() {
    order(MemberState.CANARY, "a");
    roster.advance(List.of(CARD));
    calls("a", 30, 0);
    calls("b", 300, 0);
    time.advance(Duration.ofMinutes(10));
    roster.advance(List.of(CARD));
    calls("a", 30, 20);
    calls("b", 300, 3);
    roster.advance(List.of(CARD));
    assertThat(changes.getLast().share()).isEqualTo(1);
    assertThat(changes.getLast().reason()).startsWith("worse than the others: 10 of 30 calls");
    calls("a", 30, 20);
    calls("b", 300, 3);
    roster.advance(List.of(CARD));

    assertThat(changes)
        .extracting(ChannelChange::to)
        .containsExactly(
            MemberState.CANARY, MemberState.CANARY, MemberState.CANARY, MemberState.DRAINED);
    assertThat(roster.lineUp(CARD).left()).containsExactly("b");
  }

  @Test
  void tooFewCallsMoveNoCanary() {
    order(MemberState.CANARY, "a");
    roster.advance(List.of(CARD));
    calls("a", 9, 9);
    calls("b", 300, 0);
    time.advance(Duration.ofHours(1));
    roster.advance(List.of(CARD));

    assertThat(changes).hasSize(1);
  }

  @Test
  void aCanaryGoesOnAfterARestartWhereItWas() {
    order(MemberState.CANARY, "a");
    roster.advance(List.of(CARD));
    calls("a", 30, 0);
    calls("b", 300, 0);
    time.advance(Duration.ofMinutes(10));
    roster.advance(List.of(CARD));
    List<ChannelChange> kept = List.copyOf(changes);
    roster = roster();
    kept.forEach(roster::recall);

    assertThat(roster.lineUp(CARD).canaries()).containsEntry("a", 5);
  }

  @Test
  void aMaintenanceWindowOpensAndCloses() {
    windowsOfA =
        List.of(
            new MaintenanceWindow.Once(at("02:00"), at("03:00"), "move"),
            new MaintenanceWindow.Recurring(
                "30 4 * * *", Duration.ofHours(1), ZoneOffset.UTC, "backup"));

    assertThat(leftAt("01:59")).containsExactly("a", "b");
    assertThat(leftAt("02:00")).containsExactly("b");
    assertThat(roster.lineUp(CARD).dropped().getFirst().reason())
        .isEqualTo("in maintenance until 2026-11-26T03:00:00Z: move");
    assertThat(leftAt("03:00")).containsExactly("a", "b");
    assertThat(leftAt("04:30")).containsExactly("b");
    assertThat(leftAt("05:29")).containsExactly("b");
    assertThat(leftAt("05:30")).containsExactly("a", "b");
  }

  @Test
  void aCrontabIsMeantOnItsZonesClock() {
    windowsOfA =
        List.of(
            new MaintenanceWindow.Recurring(
                "0 3 * * *", Duration.ofMinutes(30), ZoneId.of("Europe/Berlin"), "backup"));

    assertThat(leftAt("01:59")).containsExactly("a", "b");
    assertThat(leftAt("02:00")).containsExactly("b");
  }

  @Test
  void aWindowThatIsStillOpenWhenTheNextBeginsGoesOn() {
    windowsOfA =
        List.of(
            new MaintenanceWindow.Recurring(
                "0 * * * *", Duration.ofMinutes(90), ZoneOffset.UTC, "all day"));

    for (int minute = 0; minute < 24 * 60; minute += 7) {
      assertThat(roster.lineUp(CARD).left()).containsExactly("b");
      time.advance(Duration.ofMinutes(7));
    }
  }

  private void stepUpToAll() {
    order(MemberState.CANARY, "a");
    for (int step = 0; step < 5; step++) {
      roster.advance(List.of(CARD));
      calls("a", 30, 1);
      calls("b", 300, 9);
      time.advance(Duration.ofMinutes(10));
    }
    roster.advance(List.of(CARD));
  }

  private List<String> leftAt(String clock) {
    time.advance(Duration.between(time.instants().instant(), at(clock)));
    return roster.lineUp(CARD).left();
  }

  private static Instant at(String clock) {
    return Instant.parse("2026-11-26T" + clock + ":00Z");
  }

  private void calls(String provider, int all, int failed) {
    for (int call = 0; call < all; call++) {
      record.note(
          BreakerKey.of(provider, Operation.PAY),
          call < failed ? Sign.FAILED : Sign.FINE,
          Duration.ofMillis(300));
    }
  }
}
