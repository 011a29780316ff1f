package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test money that is out for too long is told once, and until it is settled.
class LeaksTest {

  private static final Duration LIMIT = Duration.ofHours(1);

  @TempDir private Path path;

  private static TestMoney money(String id, Instant opened) {
    return new TestMoney(
        id,
        opened,
        opened,
        TestMoney.State.OPEN,
        "check",
        opened,
        "pay",
        "stripe",
        OptionalLong.of(100),
        Optional.of("eur"),
        Optional.empty(),
        Money.SUCCEEDED,
        Map.of(),
        Optional.empty(),
        1,
        "refund: refused");
  }

  @Test
  void eachIsToldOnceWhenItIsOutForTooLongAndNoMoreWhenItIsSettled() {
    ManualTime time = new ManualTime(Instant.parse("2026-11-26T10:00:00Z"));
    DataFolder folder = ((DataFolder.Opening.Opened) DataFolder.open(path)).folder();
    try (folder;
        JournaledLedger ledger =
            JournaledLedger.open(
                folder,
                Store.embedded(path),
                LedgerSettings.defaults(),
                time.instants(),
                System::nanoTime)) {
      TestMoneyRegister register = new TestMoneyRegister(ledger, time.instants());
      List<String> told = new ArrayList<>();
      Leaks leaks =
          new Leaks(register, () -> LIMIT, time.instants(), money -> told.add(money.id()));
      register.restore(money("one", time.instants().instant()));
      leaks.round();
      assertThat(leaks.leaked()).isZero();
      time.advance(Duration.ofMinutes(61));
      register.restore(money("two", time.instants().instant()));
      leaks.round();
      leaks.round();
      assertThat(told).containsExactly("one");
      assertThat(leaks.leaked()).isEqualTo(1);
      assertThat(leaks.out()).hasSize(2);
      assertThat(leaks.settle("one", "card 4111111111111111 shows it", "ann")).isTrue();
      assertThat(leaks.settle("one", "again", "ann")).isFalse();
      assertThat(leaks.leaked()).isZero();
      assertThat(register.find("one").orElseThrow().reason())
          .startsWith("settled by ann: card ")
          .doesNotContain("4111111111111111");
    }
  }
}
