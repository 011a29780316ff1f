package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The register of test money: what checks may have taken and not given back. Each change is in the
/// ledger before it counts, so the register survives a restart. Thread-safe. Holds what is out, and
/// what was taken in the last two days for the caps; at most [#MOST] entries.
public final class TestMoneyRegister {

  /// How many entries it holds: beyond that no check takes money.
  public static final int MOST = 100_000;

  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Map<String, TestMoney> all = new HashMap<>();

  /// An empty one.
  public TestMoneyRegister(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// What came of asking to take money.
  sealed interface Opening {

    /// It is in the register: the step may be sent.
    record Opened(TestMoney money) implements Opening {}

    /// The step must not be sent.
    ///
    /// @param reason for people
    record Refused(String reason) implements Opening {}
  }

  /// Takes what an earlier run wrote, in any order: of each id the newest counts.
  public synchronized void restore(Entry entry) {
    if (entry instanceof TestMoney money) {
      TestMoney known = all.get(money.id());
      if (known == null || !money.at().isBefore(known.at())) {
        all.put(money.id(), money);
      }
    }
  }

  /// Writes down what is about to be taken, unless that is more than the cap allows, or can't be
  /// written.
  synchronized Opening open(TestMoney money, Optional<Check.Cap> cap) {
    forgetOld();
    TestMoney before = all.get(money.id());
    if (before != null) {
      return new Opening.Refused("this run of the check has taken it before");
    }
    if (all.size() >= MOST) {
      return new Opening.Refused("the register of test money is full");
    }
    Optional<String> over = cap.flatMap(limit -> over(limit, money));
    if (over.isPresent()) {
      return new Opening.Refused(over.get());
    }
    if (ledger.testMoney(money) instanceof Recorded.NotKept(String reason)) {
      return new Opening.Refused("the register of test money can't be written: " + reason);
    }
    all.put(money.id(), money);
    return new Opening.Opened(money);
  }

  private Optional<String> over(Check.Cap cap, TestMoney next) {
    long count = 1;
    long amount = next.amountMinor().orElse(0);
    for (TestMoney each : all.values()) {
      if (each.provider().equals(next.provider()) && sameDay(each.opened(), next.opened())) {
        count++;
        amount += each.amountMinor().orElse(0);
      }
    }
    if (count > cap.count()) {
      return Optional.of("the daily cap of " + cap.count() + " is reached");
    }
    return amount > cap.amountMinor()
        ? Optional.of("the daily cap of " + cap.amountMinor() + " in minor units is reached")
        : Optional.empty();
  }

  private static boolean sameDay(Instant one, Instant other) {
    return one.atZone(ZoneOffset.UTC)
        .toLocalDate()
        .equals(other.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /// What is known now of one that is out. If it can't be written it counts all the same: after a
  /// restart it is tried again, under the same keys.
  synchronized TestMoney write(TestMoney money) {
    ledger.testMoney(money);
    all.put(money.id(), money);
    return money;
  }

  /// The one of that id.
  public synchronized Optional<TestMoney> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /// What is out, oldest first.
  public synchronized List<TestMoney> open() {
    List<TestMoney> open = new ArrayList<>(all.values());
    open.removeIf(money -> !money.isOpen());
    open.sort(Comparator.comparing(TestMoney::opened).thenComparing(TestMoney::id));
    return open;
  }

  /// Whether it is out.
  public synchronized boolean isOpen(String id) {
    TestMoney known = all.get(id);
    return known != null && known.isOpen();
  }

  /// Somebody says that it is settled.
  ///
  /// @return whether it was out
  public synchronized boolean settleByHand(String id, String who) {
    TestMoney known = all.get(id);
    if (known == null || !known.isOpen()) {
      return false;
    }
    write(known.now(clock.instant(), TestMoney.State.BY_HAND, "settled by " + who));
    return true;
  }

  private void forgetOld() {
    Instant limit = clock.instant().minus(REMEMBERED);
    all.values().removeIf(money -> !money.isOpen() && money.opened().isBefore(limit));
  }
}
