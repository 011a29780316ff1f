package io.tollwatch.checks.scheduler;

import static io.tollwatch.checks.scheduler.SchedulerRig.every;
import static io.tollwatch.checks.scheduler.SchedulerRig.run;
import static io.tollwatch.checks.scheduler.SchedulerRig.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.schedule.CheckState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scheduler over H2 in real time, with a pace that is ten times the usual one.
class CheckSchedulerTest {

  private static final Duration TICK = Duration.ofMillis(400);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  @Test
  void runsEachCheckAtItsTimeAndKeepsHowItStands() {
    try (SchedulerRig rig =
        new SchedulerRig(folder, (check, planned) -> run(check, planned, true))
            .start(every("a", TICK), every("b", TICK))) {
      until("three runs of both", () -> rig.ran("a").size() >= 3 && rig.ran("b").size() >= 3);
      assertThat(rig.ran)
          .allSatisfy(ran -> assertThat(ran.began()).isAfterOrEqualTo(ran.planned()));
      until("it is kept", () -> rig.plan("a").standing().state() == CheckState.UP);
      assertThat(rig.missed).isEmpty();
      List<SchedulerRig.Ran> ran = rig.ran("a");
      assertThat(Duration.between(ran.get(0).planned(), ran.get(1).planned())).isEqualTo(TICK);
    }
  }

  @Test
  void goesOnWhereTheLastProcessEnded() {
    try (SchedulerRig rig =
        new SchedulerRig(folder, (check, planned) -> run(check, planned, false))
            .start(every("a", TICK))) {
      until("two runs", () -> rig.plan("a").runs() >= 2);
    }
    try (SchedulerRig rig =
        new SchedulerRig(folder, (check, planned) -> run(check, planned, false))) {
      Plan before = rig.plan("a");
      assertThat(before.standing().state()).isEqualTo(CheckState.DOWN);
      assertThat(before.failure().orElseThrow().reason()).contains("expected 200, found 503");
      rig.start(every("a", TICK));
      until("another run", () -> rig.plan("a").runs() > before.runs());
      Duration since = Duration.between(before.planned(), rig.ran("a").getFirst().planned());
      assertThat(since)
          .as("in step, though it may have come too late for some")
          .isGreaterThanOrEqualTo(Duration.ZERO);
      assertThat(since.toMillis() % TICK.toMillis()).isZero();
    }
  }

  @Test
  void runsOfOneCheckNeverOverlapAndWhatIsMissedIsToldNotCaughtUp() throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    try (SchedulerRig rig =
        new SchedulerRig(
                folder,
                (check, planned) -> {
                  overlapped.compareAndSet(false, underWay.incrementAndGet() > 1);
                  await(go);
                  underWay.decrementAndGet();
                  return run(check, planned, true);
                })
            .start(every("slow", TICK))) {
      until("it runs", () -> rig.ran("slow").size() == 1);
      Instant planned = rig.ran("slow").getFirst().planned();
      // for longer than it takes to be thought dead without a sign of life
      until(
          "six times are over",
          () -> Instant.now().isAfter(planned.plus(TICK.multipliedBy(6)).plusMillis(50)));
      go.countDown();
      until("the next run", () -> rig.plan("slow").runs() >= 2);
      assertThat(overlapped).isFalse();
      assertThat(rig.missed.get("slow")).isBetween(6L, 7L);
      assertThat(rig.plan("slow").missed()).isEqualTo(rig.missed.get("slow"));
    }
  }

  @Test
  void onlyABoundedNumberRunsAtOnce() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    Scheduled[] checks = new Scheduled[12];
    for (int i = 0; i < checks.length; i++) {
      checks[i] = every("check-" + i, TICK);
    }
    try (SchedulerRig rig =
        new SchedulerRig(
                folder,
                (check, planned) -> {
                  most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                  await(go);
                  underWay.decrementAndGet();
                  return run(check, planned, true);
                })
            .start(checks)) {
      until("all places are taken", () -> underWay.get() == SchedulerRig.QUICK.atOnce());
      until("a check had to give up its run", () -> !rig.missed.isEmpty());
      go.countDown();
      until(
          "all have run",
          () -> rig.ran.stream().map(SchedulerRig.Ran::check).distinct().count() == 12);
      assertThat(most).hasValue(SchedulerRig.QUICK.atOnce());
    }
  }

  @Test
  void looksAgainSoonerWhileNothingIsDecided() {
    try (SchedulerRig rig =
        new SchedulerRig(folder, (check, planned) -> run(check, planned, false))
            .start(every("a", HOUR))) {
      assertThat(rig.scheduler.runNow("a")).isTrue();
      until("it is down", () -> rig.plan("a").standing().state() == CheckState.DOWN);
      assertThat(rig.ran("a")).hasSize(2);
      Instant second = rig.ran("a").get(1).planned();
      assertThat(Duration.between(rig.ran("a").get(0).planned(), second))
          .isBetween(SECOND, Duration.ofSeconds(5));
      assertThat(Duration.between(second, rig.plan("a").planned()))
          .as("decided: as usual again")
          .isGreaterThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aPausedCheckDoesNotRunAndOneThatIsGoneIsForgotten() {
    try (SchedulerRig rig =
        new SchedulerRig(folder, (check, planned) -> run(check, planned, true))) {
      rig.paused.add("a");
      rig.start(every("a", TICK), every("b", TICK), every("c", HOUR));
      until("the other one runs on", () -> rig.ran("b").size() >= 3);
      assertThat(rig.ran("a")).isEmpty();
      assertThat(rig.missed).isEmpty();
      rig.scheduler.apply(List.of(every("a", TICK)));
      until("the others are forgotten", () -> rig.scheduler.list().size() == 1);
      rig.paused.clear();
      until("it runs again", () -> !rig.ran("a").isEmpty());
    }
  }

  @Test
  void whatAnotherReplicaHadBegunCountsAsMissed() {
    try (SchedulerRig rig =
        new SchedulerRig(folder, (_, _) -> Optional.empty()).start(every("a", TICK))) {
      until("it had its turn", () -> rig.missed.getOrDefault("a", 0L) >= 1);
      until("it is kept", () -> rig.plan("a").missed() >= 1);
      assertThat(rig.plan("a").runs()).isZero();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
