package io.tollwatch.checks.run;

import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.checks.scheduler.CheckScheduler;
import io.tollwatch.checks.scheduler.Pace;
import io.tollwatch.checks.scheduler.RunNews;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.scheduler.Scheduled;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A thousand checks, each once a minute, each a real call to a fake gateway that is recorded: how
/// much later than planned they begin. Everything is in this process but PostgreSQL.
///
/// ```
/// taskset -c 0 java -Xmx256m -XX:+UseSerialGC -cp ... SchedulingBenchmark FOLDER h2|postgres SECONDS [CHECKS]
/// ```
final class SchedulingBenchmark {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Until the code is compiled, and the first runs are claimed ahead.
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private SchedulingBenchmark() {}

  /// Measures once.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int count = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000;
    boolean shared = arguments[1].equals("postgres");
    if (shared) {
      try (EmbeddedPostgres server = EmbeddedPostgres.start();
          Store store =
              Replica.store(
                  "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()))) {
        measure(folder, store, true, Integer.parseInt(arguments[2]), count);
      }
    } else {
      try (Store store = Store.embedded(Files.createDirectories(folder.resolve("schedules")))) {
        measure(folder, store, false, Integer.parseInt(arguments[2]), count);
      }
    }
  }

  private static void measure(Path folder, Store store, boolean shared, int seconds, int count)
      throws InterruptedException {
    Queue<Long> late = new ConcurrentLinkedQueue<>();
    AtomicLong missed = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    AtomicReference<Instant> from = new AtomicReference<>(Instant.MAX);
    InstantSource clock = InstantSource.system();
    RunNews news =
        new RunNews() {
          @Override
          public void ran(Check check, CheckRun run, Standing before, Standing now) {
            if (!run.passed()) {
              failed.incrementAndGet();
            }
            if (run.planned().isAfter(from.get())) {
              late.add(Duration.between(run.planned(), run.began()).toMillis());
            }
          }

          @Override
          public void missed(String check, long runs, String reason) {
            missed.addAndGet(runs);
          }
        };
    TestMoneyRegister register = TestMoneyRegister.shared(store.testMoney(), clock);
    try (FakeStripe stripe = FakeStripe.start();
        CheckRig rig = CheckRig.sharing(folder.resolve("rig"), register, "stripe", stripe.url());
        CheckScheduler scheduler =
            new CheckScheduler(
                store.schedules(),
                shared,
                "benchmark",
                new RunnerConduct(rig.runner(), register, _ -> Optional.of(rig.reach())),
                news,
                _ -> false,
                clock,
                Pace.usual(16),
                Duration.ofSeconds(10))) {
      scheduler.start(checks(rig, count));
      from.set(Instant.now().plus(WARM_UP));
      Thread.sleep(WARM_UP.plusSeconds(seconds));
    }
    report(late, missed, failed);
  }

  private static List<Scheduled> checks(CheckRig rig, int count) {
    String script = ShippedChecks.text("stripe").orElseThrow();
    String balance = "checks:\n" + script.substring(script.indexOf("  stripe-balance:"));
    List<Scheduled> checks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Check check = rig.check(balance.replace("stripe-balance", "balance-" + i));
      checks.add(new Scheduled(check, Timetable.of(check.name(), Schedule.every(MINUTE))));
    }
    return checks;
  }

  private static void report(Queue<Long> late, AtomicLong missed, AtomicLong failed) {
    long[] sorted = late.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf("%d runs, %d missed, %d failed%n", sorted.length, missed.get(), failed.get());
    for (double percent : new double[] {50, 90, 99, 99.9, 100}) {
      int at = (int) Math.min(sorted.length - 1, Math.ceil(sorted.length * percent / 100) - 1);
      System.out.printf("began later than planned, p%s: %d ms%n", percent, sorted[Math.max(0, at)]);
    }
  }
}
