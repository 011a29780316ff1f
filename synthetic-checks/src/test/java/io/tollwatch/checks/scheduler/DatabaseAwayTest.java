package io.tollwatch.checks.scheduler;

import static io.tollwatch.checks.scheduler.SchedulerRig.every;
import static io.tollwatch.checks.scheduler.SchedulerRig.run;
import static io.tollwatch.checks.scheduler.SchedulerRig.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.store.Credentials;
import io.tollwatch.ledger.store.PostgresUrl;
import io.tollwatch.ledger.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The way to the schedule's PostgreSQL is cut for a while.
class DatabaseAwayTest {

  private static final Duration EVERY = Duration.ofSeconds(1);

  /// The usual one, six times as fast: a claim is shorter than it takes to be thought dead.
  private static final Pace PACE =
      new Pace(
          Duration.ofMillis(800),
          Duration.ofMillis(80),
          Duration.ofMillis(330),
          4,
          Duration.ofMinutes(10));

  /// How far its time must be when the way is cut.
  private static final Duration AHEAD = Duration.ofMillis(400);

  @Test
  void whatWasClaimedBeginsAtItsTimeAndTheScheduleComesBackByItself() throws IOException {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        CuttableWay way = new CuttableWay(server.getPort());
        SchedulerRig rig =
            new SchedulerRig(
                store(way.port()), true, PACE, (check, planned) -> run(check, planned, true))) {
      rig.start(every("a", EVERY));
      AtomicReference<Instant> claimed = new AtomicReference<>(Instant.MIN);
      until("a run is claimed ahead", () -> isClaimed(rig, claimed));
      way.cut();
      Instant planned = claimed.get();
      until("it begins", () -> rig.ran("a").stream().anyMatch(is(planned)));
      until("the next could have begun", () -> isOver(planned.plus(EVERY.multipliedBy(2))));

      way.mend();
      Instant mended = Instant.now();
      until("another run", () -> rig.ran("a").stream().anyMatch(after(mended)));
      assertThat(rig.missed.getOrDefault("a", 0L)).as("told").isPositive();
      Instant last = rig.ran("a").getLast().planned();
      long all = 1 + Duration.between(rig.ran("a").getFirst().planned(), last).dividedBy(EVERY);
      assertThat(rig.ran("a").size() + rig.missed.getOrDefault("a", 0L))
          .as("each ran or is told")
          .isEqualTo(all);
      assertThat(rig.ran("a"))
          .as("none is caught up")
          .allSatisfy(ran -> assertThat(ran.began()).isBetween(ran.planned(), late(ran)));
      assertThat(rig.ran("a")).extracting(SchedulerRig.Ran::planned).doesNotHaveDuplicates();
    }
  }

  private static Store store(int port) {
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    return Store.postgres(
        ((PostgresUrl.Parsed.Right) PostgresUrl.parse(url)).url(),
        Optional.of(new Credentials("postgres", "postgres")));
  }

  /// Whether a run is, whose time is far enough.
  private static boolean isClaimed(SchedulerRig rig, AtomicReference<Instant> planned) {
    Listed row = rig.scheduler.list().getFirst();
    planned.set(row.plan().planned());
    return row.underWay() && !isOver(row.plan().planned().minus(AHEAD));
  }

  private static boolean isOver(Instant time) {
    return Instant.now().isAfter(time);
  }

  private static Instant late(SchedulerRig.Ran ran) {
    return ran.planned().plus(EVERY);
  }

  private static Predicate<SchedulerRig.Ran> is(Instant planned) {
    return ran -> ran.planned().equals(planned);
  }

  private static Predicate<SchedulerRig.Ran> after(Instant time) {
    return ran -> ran.planned().isAfter(time);
  }
}
