package io.tollwatch.checks.run;

import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.store.TestMoneyRows;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The register of test money: what checks may have taken and not given back. Each change is kept
/// before it counts, so the register survives a restart: in this process's journal, or in a
/// database where others find it who take over. Thread-safe.
public final class TestMoneyRegister {

  /// How many entries it holds: beyond that no check takes money.
  public static final int MOST = 100_000;

  private final Shelf shelf;
  private final InstantSource clock;

  private TestMoneyRegister(Shelf shelf, InstantSource clock) {
    this.shelf = shelf;
    this.clock = clock;
  }

  /// An empty one in the journal of a ledger.
  public TestMoneyRegister(Ledger ledger, InstantSource clock) {
    this(new JournalShelf(ledger, clock), clock);
  }

  /// The one that sidecars with one database share.
  public static TestMoneyRegister shared(TestMoneyRows rows, InstantSource clock) {
    return new TestMoneyRegister(new SharedShelf(rows), clock);
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
  public void restore(Entry entry) {
    if (entry instanceof TestMoney money) {
      shelf.restore(money);
    }
  }

  /// Writes down what is about to be taken, unless that is more than is allowed, or can't be
  /// written.
  Opening open(TestMoney money, Optional<Allowance> allowance) {
    try {
      return shelf
          .add(money, allowance)
          .<Opening>map(Opening.Refused::new)
          .orElseGet(() -> new Opening.Opened(money));
    } catch (UncheckedIOException e) {
      return new Opening.Refused("the register of test money can't be written");
    }
  }

  /// Writes down where one that is open is about to be sent: whoever takes over must know.
  ///
  /// @return why it must not be; empty if it is kept
  Optional<String> send(TestMoney money) {
    try {
      return shelf.send(money);
    } catch (UncheckedIOException e) {
      return Optional.of("the register of test money can't be written");
    }
  }

  /// When the day (UTC) of that time began.
  static Instant dayOf(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// What is known now of one that is out. If it can't be written it counts all the same: after a
  /// restart it is tried again, under the same keys.
  TestMoney write(TestMoney money) {
    shelf.put(money);
    return money;
  }

  /// The one of that id.
  public Optional<TestMoney> find(String id) {
    return shelf.find(id);
  }

  /// What is out, oldest first.
  public List<TestMoney> open() {
    return shelf.open();
  }

  /// Whether it is out.
  public boolean isOpen(String id) {
    return find(id).filter(TestMoney::isOpen).isPresent();
  }

  /// Somebody says that it is settled.
  ///
  /// @param who and why are kept with it, redacted already
  /// @return whether it was out
  public synchronized boolean settleByHand(String id, String who, String reason) {
    Optional<TestMoney> known = find(id).filter(TestMoney::isOpen);
    known.ifPresent(money ->
        write(
            money.now(
                clock.instant(), TestMoney.State.BY_HAND, "settled by " + who + ": " + reason)));
    return known.isPresent();
  }
}
