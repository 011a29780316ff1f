package io.tollwatch.checks.run;

import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.store.TestMoneyRows;
import io.tollwatch.ledger.store.TestMoneyRows.Spent;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The register that several processes share, in their database. What this process could not write
/// there it remembers and writes later; until then it goes by what it remembers. Of two that write
/// at once the last counts, which may cost another try to give the same money back under the same
/// key. Thread-safe.
final class SharedShelf implements Shelf {

  private static final System.Logger LOG = System.getLogger(SharedShelf.class.getName());
  private static final int MOST_OPEN = 1_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final TestMoneyRows rows;
  private final Map<String, TestMoney> unwritten = new ConcurrentHashMap<>();

  SharedShelf(TestMoneyRows rows) {
    this.rows = rows;
  }

  @Override
  public void restore(TestMoney money) {
    // it is in the database
  }

  @Override
  public Optional<String> add(TestMoney money, Optional<Allowance> allowance) {
    writeLeft();
    if (!rows.add(money)) {
      return Optional.of("this run of the check has taken it before");
    }
    Optional<String> over = allowance.flatMap(limit -> over(limit, money));
    over.ifPresent(_ -> rows.remove(money.id()));
    return over;
  }

  /// With the new one among them: of two processes that take the last that the cap allows at once
  /// one sees the other's at least.
  private Optional<String> over(Allowance allowance, TestMoney added) {
    Instant day = TestMoneyRegister.dayOf(added.opened());
    long count = 0;
    long amount = 0;
    for (String provider : allowance.at()) {
      Spent spent = rows.spent(provider, day, day.plus(DAY));
      count += spent.count();
      amount += spent.amountMinor();
    }
    return allowance.over(count, amount);
  }

  @Override
  public Optional<String> send(TestMoney money) {
    rows.put(money);
    unwritten.remove(money.id());
    return Optional.empty();
  }

  @Override
  public void put(TestMoney money) {
    unwritten.put(money.id(), money);
    writeLeft();
  }

  private void writeLeft() {
    try {
      for (TestMoney each : List.copyOf(unwritten.values())) {
        rows.put(each);
        unwritten.remove(each.id(), each);
      }
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "test money stands only in memory for now: {0}", e.getMessage());
    }
  }

  @Override
  public Optional<TestMoney> find(String id) {
    TestMoney own = unwritten.get(id);
    return own != null ? Optional.of(own) : rows.find(id);
  }

  @Override
  public List<TestMoney> open() {
    writeLeft();
    return rows.open(MOST_OPEN);
  }
}
