package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What sidecars tell one another of checks, in both databases.
class CheckRowsTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void testMoneyIsTakenOnceAndFoundUntilItIsBack(StoreKind kind) {
    try (Store store = kind.place(folder).store()) {
      TestMoneyRows rows = store.testMoney();
      TestMoney money = money("one", NOON);
      assertThat(rows.add(money)).isTrue();
      assertThat(rows.add(money)).as("a second run of the same plan").isFalse();
      rows.add(money("two", NOON.plusSeconds(1)));
      assertThat(rows.open(10)).extracting(TestMoney::id).containsExactly("one", "two");
      assertThat(rows.spent("stripe", NOON, NOON.plusSeconds(1)))
          .isEqualTo(new TestMoneyRows.Spent(1, 100));
      rows.put(money.now(NOON.plusSeconds(5), TestMoney.State.RETURNED, "given back"));
      assertThat(rows.open(10)).extracting(TestMoney::id).containsExactly("two");
      assertThat(rows.find("one"))
          .hasValueSatisfying(one -> {
            assertThat(one.state()).isEqualTo(TestMoney.State.RETURNED);
            assertThat(one.handles()).containsEntry("intent", "pi_1");
          });
      rows.add(money("three", NOON.plusSeconds(2)));
      rows.remove("three");
      assertThat(rows.find("three")).as("it was not taken after all").isEmpty();
      rows.forget(NOON.plusSeconds(60));
      assertThat(rows.find("one")).isEmpty();
      assertThat(rows.find("two")).as("what is out is never forgotten").isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void findingsAreHeardByTheOthersAndForgotten(StoreKind kind) {
    try (Store store = kind.place(folder).store()) {
      CheckNotes notes = store.checks();
      CheckFinding finding =
          new CheckFinding(
              new BreakerKey("stripe", Operation.PAY, Optional.of("visa")),
              NOON,
              Duration.ofMillis(120),
              Samples.succeeded(1).verdict(),
              Duration.ofSeconds(30));
      notes.tell(List.of(finding), "here", NOON, NOON.minusSeconds(60));
      assertThat(notes.findings(0, "here")).as("its own").isEmpty();
      assertThat(notes.findings(0, "there"))
          .extracting(CheckNotes.Numbered::finding)
          .containsExactly(finding);
      notes.tell(List.of(), "here", NOON.plusSeconds(90), NOON.plusSeconds(30));
      assertThat(notes.findings(0, "there")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPauseHoldsUntilItEnds(StoreKind kind) {
    try (Store store = kind.place(folder).store()) {
      CheckNotes notes = store.checks();
      notes.pause(new CheckPause("pay", "me", "new keys", NOON));
      notes.pause(new CheckPause("pay", "you", "still", NOON.plusSeconds(1)));
      assertThat(notes.pauses())
          .containsExactly(new CheckPause("pay", "you", "still", NOON.plusSeconds(1)));
      assertThat(notes.resume("pay")).isTrue();
      assertThat(notes.resume("pay")).isFalse();
    }
  }

  private static TestMoney money(String id, Instant opened) {
    return new TestMoney(
        id,
        opened,
        opened,
        TestMoney.State.OPEN,
        "pay",
        opened,
        "pay",
        "stripe",
        OptionalLong.of(100),
        Optional.of("EUR"),
        Optional.empty(),
        Money.IN_DOUBT,
        Map.of("intent", "pi_1"),
        Optional.empty(),
        0,
        "about to be sent");
  }
}
