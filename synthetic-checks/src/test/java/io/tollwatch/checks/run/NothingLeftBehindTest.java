package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeAlipay;
import io.tollwatch.fixtures.gateway.FakeGateway;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.gateway.FakeWechatPay;
import io.tollwatch.health.Health;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Random runs with faults at random moments, stops in the middle, restarts and processes that are
/// killed (SIGKILL): each charge in the gateway's book is given back or in the register, none is
/// made twice, and none is given back twice. `-Dtollwatch.checks.runs=10000` makes it long, quicker
/// with `-Dtollwatch.checks.at-once=16` and `-Dtollwatch.checks.kill-each=250`;
/// `-Dtollwatch.checks.seed` repeats the dice.
///
/// Three actors: the rig (the process, opened anew over the same folder), the gateway with its
/// book, and the dice.
class NothingLeftBehindTest {

  private static final int RUNS = Integer.getInteger("tollwatch.checks.runs", 16);

  /// How many runs there are between two kills, more or less.
  private static final int KILL_EACH = Integer.getInteger("tollwatch.checks.kill-each", 16);

  /// How many runs a process makes at once.
  private static final int AT_ONCE = Integer.getInteger("tollwatch.checks.at-once", 2);

  /// When even WeChat Pay is believed that there is no such payment.
  private static final Duration LATER = Duration.ofMinutes(90);

  private static final long SEED =
      Long.getLong("tollwatch.checks.seed", ThreadLocalRandom.current().nextLong());
  private static final Instant FIRST = Instant.parse("2026-11-26T00:00:00Z");

  @TempDir private Path folder;
  @TempDir private Path beside;

  /// A busy machine may cut a clean-up by its deadline.
  private static final int PASSES = 20;

  private static final InstantSource LATER_ON = () -> Instant.now().plus(LATER);

  private final Random dice = new Random(SEED);
  private int runs;
  private int charged;
  private int kills;

  @Test
  void atStripe() throws InterruptedException {
    try (FakeStripe stripe = FakeStripe.start()) {
      campaign(stripe, "stripe", CheckRig.SECRET);
    }
  }

  @Test
  void atWechatPay() throws InterruptedException {
    try (FakeWechatPay wechat = FakeWechatPay.start()) {
      campaign(wechat, "wechatpay", wechat.merchantPrivateKey());
    }
  }

  /// In long campaigns only: what it shows beyond the others shows in many runs.
  @Test
  @EnabledIfSystemProperty(named = "tollwatch.checks.runs", matches = ".+")
  void atAlipay() throws InterruptedException {
    try (FakeAlipay alipay = FakeAlipay.start()) {
      campaign(alipay, "alipay", alipay.appPrivateKey());
    }
  }

  private void campaign(FakeGateway gateway, String profile, String secret)
      throws InterruptedException {
    String script =
        ShippedChecks.text(profile)
            .orElseThrow()
            .replaceFirst(
                "    steps:",
                "    timeout: 600ms\n    step-timeout: 150ms\n    clean-up-timeout: 600ms\n    steps:")
            .replaceFirst("count: 24, amount: 24", "count: 1000000, amount: 1000000")
            .replaceFirst("undoes: \\[pay]", "undoes: [pay]\n        pause: 5ms")
            .replace(
                "{name: ask-again, repeats: pay}", "{name: ask-again, repeats: pay, pause: 5ms}");
    int done = 0; // planned times that are used up, by those that are killed too
    int untilKill = KILL_EACH / 2; // in runs
    while (runs < RUNS) {
      if (runs >= untilKill) {
        done += killed(gateway, profile, script, secret, FIRST.plusSeconds(done));
        untilKill = runs + 1 + dice.nextInt(2 * KILL_EACH);
      }
      try (CheckRig rig = CheckRig.open(folder, profile, gateway.url())) {
        int made = process(rig, rig.check(script, secret), gateway, done);
        runs += made;
        done += made;
        gateway.faults().clear();
        balanced(gateway, rig.register().open());
      }
    }
    try (CheckRig rig =
        CheckRig.open(folder, Health.unwatched(), LATER_ON, profile, gateway.url())) {
      Check check = rig.check(script, secret);
      for (int i = 0; i < PASSES && !rig.register().open().isEmpty(); i++) {
        atOnce(rig.register().open(), money -> rig.giveBack(check, money));
      }
      balanced(gateway, rig.register().open());
      assertThat(rig.register().open()).as("seed %d", SEED).isEmpty();
    }
  }

  /// Makes some rounds of runs in one process.
  ///
  /// @return how many runs
  private int process(CheckRig rig, Check check, FakeGateway gateway, int first)
      throws InterruptedException {
    int made = 0;
    for (int rounds = 1 + dice.nextInt(12); rounds > 0; rounds--) {
      List<Instant> planned =
          IntStream.range(first + made, first + made + AT_ONCE)
              .mapToObj(FIRST::plusSeconds)
              .toList();
      made += AT_ONCE;
      for (int i = 0; i < AT_ONCE; i++) {
        mishaps(gateway);
      }
      if (dice.nextInt(6) == 0) {
        stopInTheMiddle(rig, check, planned);
        return made;
      }
      atOnce(planned, each -> rig.run(check, each));
      if (dice.nextInt(5) == 0) {
        atOnce(planned, each -> rig.run(check, each)); // planned twice, as after a lost lease
      }
      if (dice.nextInt(4) == 0) {
        List<TestMoney> out = new ArrayList<>(rig.register().open());
        Collections.shuffle(out, dice);
        atOnce(out.subList(0, Math.min(out.size(), AT_ONCE)), money -> rig.giveBack(check, money));
      }
    }
    return made;
  }

  /// Does it for each, many at once, and waits for all.
  private static <T> void atOnce(List<T> all, Consumer<T> work) {
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<CompletableFuture<Void>> some =
          all.subList(i, Math.min(all.size(), i + AT_ONCE)).stream()
              .map(each ->
                  CompletableFuture.runAsync(() -> work.accept(each), Thread::startVirtualThread))
              .toList();
      some.forEach(CompletableFuture::join);
    }
  }

  /// A process of its own makes runs, until it is killed at some moment.
  ///
  /// @return how many it may have made
  private int killed(
      FakeGateway gateway, String profile, String script, String secret, Instant first)
      throws InterruptedException {
    int may = 50;
    try {
      Path file = Files.writeString(beside.resolve("script-of-the-killed.yaml"), script);
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx128m",
              "-cp",
              System.getProperty("java.class.path"),
              KilledRuns.class.getName(),
              folder.toString(),
              profile,
              gateway.url(),
              file.toString(),
              first.toString(),
              Integer.toString(may),
              Integer.toString(AT_ONCE));
      builder.environment().put("SECRET", secret);
      Path said = beside.resolve("said-by-the-killed.txt");
      Process process = builder.redirectError(said.toFile()).start();
      try (BufferedReader lines = process.inputReader()) {
        assertThat(lines.readLine())
            .as(() -> "seed %d, %s, it said: %s".formatted(SEED, process, said(said)))
            .isEqualTo("ready");
        mishaps(gateway);
        boolean ended = process.waitFor(dice.nextInt(400), TimeUnit.MILLISECONDS);
        kills += ended ? 0 : 1;
      } finally {
        process.destroyForcibly().onExit().join(); // SIGKILL
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    gateway.faults().clear();
    return may;
  }

  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stopInTheMiddle(CheckRig rig, Check check, List<Instant> planned)
      throws InterruptedException {
    Thread running = Thread.ofVirtual().start(() -> atOnce(planned, each -> rig.run(check, each)));
    running.join(Duration.ofMillis(dice.nextInt(60)));
    rig.runner().stop(Duration.ofSeconds(5));
    running.join();
  }

  private void mishaps(FakeGateway gateway) {
    for (int i = dice.nextInt(4); i > 0; i--) {
      int kind = dice.nextInt(5);
      Fault fault =
          switch (kind) {
            case 0 -> Fault.close();
            case 1 -> Fault.reset();
            case 2 -> Fault.stall();
            case 3 -> Fault.status(503);
            default -> Fault.truncated();
          };
      boolean answers = kind >= 3;
      Moment moment =
          answers
              ? Moment.ANSWERED
              : List.of(Moment.RECEIVED, Moment.WORKING, Moment.ANSWERED, Moment.HEAD)
                  .get(dice.nextInt(4));
      gateway.faults().next(fault.at(moment));
    }
  }

  @AfterEach
  void tellHowMany() {
    System.out.printf("%d runs, %d charges, %d kills, seed %d%n", runs, charged, kills, SEED);
  }

  /// The book against the register. A charge belongs to a run by its reference.
  private void balanced(FakeGateway gateway, List<TestMoney> open) {
    Map<String, Long> taken = new HashMap<>();
    Map<String, Integer> charges = new HashMap<>();
    long sum = 0;
    long back = 0;
    for (Movement each : gateway.book().movements()) {
      if (each.charges()) {
        taken.merge(each.reference(), each.amountMinor(), Long::sum);
        charges.merge(each.reference(), 1, Integer::sum);
        sum += each.amountMinor();
      } else {
        back += each.amountMinor();
      }
    }
    charged = charges.size();
    assertThat(charges.values()).as("charged twice, seed %d", SEED).allMatch(times -> times == 1);
    Set<String> known = new HashSet<>();
    open.forEach(money -> known.add(new RunKeys(money.check(), money.planned()).reference()));
    long out = 0;
    List<String> outThere = new ArrayList<>();
    for (Map.Entry<String, Long> each : taken.entrySet()) {
      if (known.contains(each.getKey())) {
        outThere.add(each.getKey());
        out += each.getValue();
      }
    }
    // each of those in the register may be back already: its answer was lost
    assertThat(back).as("given back twice, seed %d", SEED).isLessThanOrEqualTo(sum);
    assertThat(sum - back)
        .as("left behind outside the register (%s), seed %d", outThere, SEED)
        .isBetween(0L, out);
  }
}
