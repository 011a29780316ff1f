package io.tollwatch.checks.run;

import io.tollwatch.checks.schedule.Patience;
import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.schedule.Slots;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.checks.scheduler.CheckScheduler;
import io.tollwatch.checks.scheduler.Conduct;
import io.tollwatch.checks.scheduler.Pace;
import io.tollwatch.checks.scheduler.RunNews;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.scheduler.Scheduled;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.ledger.store.Credentials;
import io.tollwatch.ledger.store.PostgresUrl;
import io.tollwatch.ledger.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A process that runs checks at one gateway beside others like it, until its input ends; it prints
/// a line before each run. Checks run often, and the dead are noticed after a second.
final class Replica {

  static final Duration EVERY = Duration.ofSeconds(3);

  private static final Pace QUICK =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          8,
          Duration.ofMinutes(10));

  private Replica() {}

  /// Runs until its input ends.
  ///
  /// @param arguments folder, JDBC URL, gateway, number of checks
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    InstantSource clock = InstantSource.system();
    PrintStream out = System.out;
    try (Store store = store(arguments[1])) {
      TestMoneyRegister register = TestMoneyRegister.shared(store.testMoney(), clock);
      try (CheckRig rig = CheckRig.sharing(folder, register, "stripe", arguments[2])) {
        Conduct runner = new RunnerConduct(rig.runner(), register, _ -> Optional.of(rig.reach()));
        try (CheckScheduler scheduler =
            new CheckScheduler(
                store.schedules(),
                true,
                folder.getFileName() + "-" + ProcessHandle.current().pid(),
                (check, planned) -> {
                  out.println("run " + check.name() + " " + planned);
                  return runner.run(check, planned);
                },
                new Told(out),
                _ -> false,
                clock,
                QUICK,
                Duration.ofSeconds(5))) {
          scheduler.start(checks(rig, Integer.parseInt(arguments[3])));
          out.println("ready");
          int _ = System.in.read();
        }
      }
    }
  }

  static Store store(String url) {
    return Store.postgres(
        ((PostgresUrl.Parsed.Right) PostgresUrl.parse(url)).url(),
        Optional.of(new Credentials("postgres", "postgres")));
  }

  /// Payments that are given back, each check with an amount of its own.
  private static List<Scheduled> checks(CheckRig rig, int count) {
    Schedule schedule =
        new Schedule(
            new Slots.Every(EVERY),
            Optional.of(Duration.ZERO),
            Optional.of(EVERY),
            Patience.usual(),
            List.of());
    List<Scheduled> checks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String script =
          ShippedChecks.text("stripe")
              .orElseThrow()
              .replace("  stripe-pay:", "  pay-" + i + ":")
              .replace("amount: 100", "amount: " + (100 + i))
              .replaceFirst(
                  "    steps:",
                  "    timeout: 800ms\n    step-timeout: 300ms\n    clean-up-timeout: 1s\n    steps:")
              .replaceFirst("undoes: \\[pay]", "undoes: [pay]\n        pause: 20ms");
      Check check = rig.check(script);
      checks.add(new Scheduled(check, Timetable.of(check.name(), schedule)));
    }
    return checks;
  }

  private record Told(PrintStream out) implements RunNews {

    @Override
    public void ran(Check check, CheckRun run, Standing before, Standing now) {
      out.println("ran " + check.name() + " " + run.planned() + " " + run.passed());
    }

    @Override
    public void missed(String check, long runs, String reason) {
      out.println("missed " + check + " " + runs + " " + reason);
    }
  }
}
