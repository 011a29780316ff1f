package io.tollwatch.checks.run;

import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The register of one process, in its journal. Thread-safe. Holds what is out, and what was taken
/// in the last two days for the caps; at most [TestMoneyRegister#MOST] entries.
final class JournalShelf implements Shelf {

  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Map<String, TestMoney> all = new HashMap<>();

  JournalShelf(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public synchronized void restore(TestMoney money) {
    TestMoney known = all.get(money.id());
    if (known == null || !money.at().isBefore(known.at())) {
      all.put(money.id(), money);
    }
  }

  @Override
  public synchronized Optional<String> add(TestMoney money, Optional<Allowance> allowance) {
    forgetOld();
    if (all.containsKey(money.id())) {
      return Optional.of("this run of the check has taken it before");
    }
    if (all.size() >= TestMoneyRegister.MOST) {
      return Optional.of("the register of test money is full");
    }
    Optional<String> over = allowance.flatMap(limit -> over(limit, money));
    if (over.isPresent()) {
      return over;
    }
    return send(money);
  }

  @Override
  public synchronized Optional<String> send(TestMoney money) {
    if (ledger.testMoney(money) instanceof Recorded.NotKept(String reason)) {
      return Optional.of("the register of test money can't be written: " + reason);
    }
    all.put(money.id(), money);
    return Optional.empty();
  }

  private Optional<String> over(Allowance allowance, TestMoney next) {
    Instant day = TestMoneyRegister.dayOf(next.opened());
    long count = 1;
    long amount = next.amountMinor().orElse(0);
    for (TestMoney each : all.values()) {
      if (allowance.at().contains(each.provider())
          && TestMoneyRegister.dayOf(each.opened()).equals(day)) {
        count++;
        amount += each.amountMinor().orElse(0);
      }
    }
    return allowance.over(count, amount);
  }

  @Override
  public synchronized void put(TestMoney money) {
    ledger.testMoney(money);
    all.put(money.id(), money);
  }

  @Override
  public synchronized Optional<TestMoney> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public synchronized List<TestMoney> open() {
    List<TestMoney> open = new ArrayList<>(all.values());
    open.removeIf(money -> !money.isOpen());
    open.sort(Comparator.comparing(TestMoney::opened).thenComparing(TestMoney::id));
    return open;
  }

  private void forgetOld() {
    Instant limit = clock.instant().minus(REMEMBERED);
    all.values().removeIf(money -> !money.isOpen() && money.opened().isBefore(limit));
  }
}
