package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.TestMoney;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes run the same checks over one PostgreSQL, and are killed and stopped for a while
/// at random: no charge is made twice, none is left behind, and of each check no two planned runs
/// in a row are missing. `-Dtollwatch.checks.mishaps=200` makes it long; `-Dtollwatch.checks.seed`
/// repeats the dice.
///
/// The gateway with its book is in this process: the witness. What a process is about to run it
/// says on its output.
class TakenOverTest {

  private static final int MISHAPS = Integer.getInteger("tollwatch.checks.mishaps", 2);
  private static final long SEED =
      Long.getLong("tollwatch.checks.seed", ThreadLocalRandom.current().nextLong());
  private static final int REPLICAS = 3;
  private static final int CHECKS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private Path folder;

  private final Random dice = new Random(SEED);
  private final Map<String, NavigableSet<Instant>> begun = new ConcurrentHashMap<>();
  private final List<Child> children = new ArrayList<>();

  @Test
  void noChargeIsMadeTwiceOrLeftBehindAndNoTwoRunsInARowAreMissed() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        FakeStripe stripe = FakeStripe.start()) {
      String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
      try (Store store = Replica.store(url)) {
        assertThat(store.testMoney().open(1)).isEmpty();
        for (int i = 0; i < REPLICAS; i++) {
          children.add(new Child(i, url, stripe.url()));
        }
        children.forEach(Child::awaitReady);
        for (int i = 0; i < MISHAPS; i++) {
          stripe.faults().next(Fault.stall().at(Moment.ANSWERED));
          mishap(i, url, stripe.url());
        }
        stripe.faults().clear();
        TestMoneyRegister register = TestMoneyRegister.shared(store.testMoney(), Instant::now);
        backAgain(register, Instant.now());
        children.forEach(Child::end);
        balanced(stripe.book().movements(), register.open());
        withoutGaps();
      } finally {
        children.forEach(child -> child.process.destroyForcibly());
      }
    }
  }

  private void mishap(int number, String url, String gateway) throws Exception {
    if (number % 2 == 0) {
      replaceTheDead(url, gateway);
      kill(oneThatLives());
    } else {
      stopForAWhile(oneThatLives());
    }
  }

  private Child oneThatLives() {
    List<Child> alive = children.stream().filter(child -> child.process.isAlive()).toList();
    return alive.get(dice.nextInt(alive.size()));
  }

  private void replaceTheDead(String url, String gateway) throws IOException {
    for (int i = 0; i < children.size(); i++) {
      if (!children.get(i).process.isAlive()) {
        children.set(i, new Child(i, url, gateway));
        children.get(i).awaitReady();
      }
    }
  }

  private void kill(Child child) {
    int before = runs();
    until("runs go on", () -> runs() > before);
    child.process.destroyForcibly().onExit().join();
    int after = runs();
    until("others go on", () -> runs() > after + 1);
  }

  private void stopForAWhile(Child child) throws Exception {
    int before = runs();
    until("runs go on", () -> runs() > before);
    child.signal("STOP");
    long wakes = System.nanoTime() + Duration.ofMillis(1_200 + dice.nextInt(1_500)).toNanos();
    until("it has slept enough", () -> System.nanoTime() > wakes);
    child.signal("CONT");
  }

  /// Until nothing is out but what was taken just now, and since nothing fails any more: what fails
  /// at the end is given back by a later round, for which nobody would be left.
  private static void backAgain(TestMoneyRegister register, Instant calmSince) {
    until(
        "what was left is given back",
        () ->
            register.open().stream()
                .map(TestMoney::planned)
                .allMatch(planned ->
                    planned.isAfter(calmSince)
                        && planned.isAfter(Instant.now().minus(Replica.EVERY))));
  }

  private Map<String, Integer> counts() {
    return begun.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().size()));
  }

  private int runs() {
    return counts().values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void balanced(List<Movement> movements, List<TestMoney> open) {
    Map<String, Integer> charges = new TreeMap<>();
    long out = 0;
    for (Movement each : movements) {
      if (each.charges()) {
        charges.merge(each.reference(), 1, Integer::sum);
      }
      out += each.charges() ? each.amountMinor() : -each.amountMinor();
    }
    assertThat(charges).as("seed %d", SEED).hasSizeGreaterThan(CHECKS);
    assertThat(charges.values()).as("charged twice, seed %d", SEED).allMatch(times -> times == 1);
    long registered = open.stream().mapToLong(money -> money.amountMinor().orElse(0)).sum();
    assertThat(out)
        .as("left behind outside of the register, seed %d", SEED)
        .isBetween(0L, registered);
    assertThat(open).as("left in the register, seed %d", SEED).isEmpty();
  }

  private void withoutGaps() {
    assertThat(begun).hasSize(CHECKS);
    begun.forEach((check, planned) -> {
      Instant before = planned.first();
      for (Instant each : planned.tailSet(before, false)) {
        assertThat(Duration.between(before, each))
            .as("between two runs of %s, seed %d", check, SEED)
            .isLessThanOrEqualTo(Replica.EVERY.multipliedBy(2));
        before = each;
      }
    });
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what + ", seed " + SEED);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /// A process that runs checks.
  private final class Child {
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private volatile boolean ready;

    Child(int number, String url, String gateway) throws IOException {
      this.process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Replica.class.getName(),
                  folder.resolve("replica-" + number).toString(),
                  url,
                  gateway,
                  Integer.toString(CHECKS))
              .redirectErrorStream(true)
              .start();
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (var reader = process.inputReader()) {
        reader.lines().forEach(this::take);
      } catch (IOException | UncheckedIOException e) {
        // it was killed
      }
    }

    private void take(String line) {
      synchronized (lines) {
        lines.add(line);
      }
      String[] words = line.split(" ", 4);
      if (words[0].equals("run")) {
        begun
            .computeIfAbsent(words[1], _ -> new ConcurrentSkipListSet<>())
            .add(Instant.parse(words[2]));
      } else if (line.equals("ready")) {
        ready = true;
      }
    }

    void awaitReady() {
      until("it is ready", () -> ready || !process.isAlive());
      assertThat(ready).as("said: %s", lines).isTrue();
    }

    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    void end() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // it has ended
      }
      until("it ends", () -> !process.isAlive());
    }
  }
}
