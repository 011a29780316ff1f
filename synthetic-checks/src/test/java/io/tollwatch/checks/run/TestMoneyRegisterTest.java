package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the register lets be taken, wherever it stands.
class TestMoneyRegisterTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Check.Cap CAP = new Check.Cap(3, 250);

  @TempDir private Path folder;

  private void inTheJournal(Consumer<TestMoneyRegister> test) {
    InstantSource clock = InstantSource.fixed(NOON);
    try (DataFolder data = ((DataFolder.Opening.Opened) DataFolder.open(folder)).folder();
        JournaledLedger ledger =
            JournaledLedger.open(
                data, Store.embedded(folder), LedgerSettings.defaults(), clock, System::nanoTime)) {
      test.accept(new TestMoneyRegister(ledger, clock));
    }
  }

  private void inADatabase(Consumer<TestMoneyRegister> test) {
    try (Store store = Store.embedded(folder)) {
      test.accept(TestMoneyRegister.shared(store.testMoney(), InstantSource.fixed(NOON)));
    }
  }

  /// What the step `pay` of a check of that name is about to take.
  static TestMoney money(String id, String provider, Instant opened, long amount) {
    return new TestMoney(
        id,
        opened,
        opened,
        TestMoney.State.OPEN,
        "pay",
        opened,
        "pay",
        provider,
        OptionalLong.of(amount),
        Optional.of("eur"),
        Optional.empty(),
        Money.IN_DOUBT,
        Map.of(),
        Optional.empty(),
        0,
        "about to be sent");
  }

  private static String taken(
      TestMoneyRegister register, String id, String provider, Instant opened, long amount) {
    Allowance allowance = new Allowance(CAP, Set.of(provider));
    return switch (register.open(money(id, provider, opened, amount), Optional.of(allowance))) {
      case TestMoneyRegister.Opening.Opened _ -> "";
      case TestMoneyRegister.Opening.Refused(String reason) -> reason;
    };
  }

  /// As of a channel: until it has chosen a provider the money is under its own name.
  private static void cappedTogether(TestMoneyRegister register) {
    Optional<Allowance> all = Optional.of(new Allowance(CAP, Set.of("a", "b", "card")));
    for (String id : List.of("one", "two")) {
      register.open(money(id, "card", NOON, 50), all);
      TestMoney opened = register.find(id).orElseThrow();
      assertThat(register.send(opened.sentTo(NOON, id.equals("one") ? "a" : "b"))).isEmpty();
    }
    register.open(money("three", "card", NOON, 50), all);
    assertThat(register.open(money("four", "card", NOON, 50), all))
        .isInstanceOf(TestMoneyRegister.Opening.Refused.class);
    assertThat(taken(register, "five", "a", NOON, 50)).as("two more at a alone").isEmpty();
    assertThat(taken(register, "six", "a", NOON, 50)).isEmpty();
    assertThat(taken(register, "seven", "a", NOON, 50)).contains("the daily cap of 3 is");
  }

  @Test
  void theDailyCapOfAChannelIsForAllOfItsProvidersTogether() {
    inTheJournal(TestMoneyRegisterTest::cappedTogether);
  }

  @Test
  void soItIsInADatabase() {
    inADatabase(TestMoneyRegisterTest::cappedTogether);
  }

  private static void capped(TestMoneyRegister register) {
    assertThat(taken(register, "one", "stripe", NOON, 50)).isEmpty();
    assertThat(taken(register, "one", "stripe", NOON, 50)).contains("taken it before");
    assertThat(taken(register, "two", "stripe", NOON, 201)).contains("cap of 250 in minor units");
    assertThat(register.find("two")).as("nothing of it is out").isEmpty();
    assertThat(taken(register, "two", "stripe", NOON, 50)).isEmpty();
    assertThat(taken(register, "three", "stripe", NOON, 50)).isEmpty();
    assertThat(taken(register, "four", "stripe", NOON, 50)).contains("the daily cap of 3 is");
    assertThat(taken(register, "four", "adyen", NOON, 50)).as("another provider").isEmpty();
    Instant tomorrow = NOON.plus(Duration.ofHours(12));
    assertThat(taken(register, "five", "stripe", tomorrow, 50)).as("another day").isEmpty();
    register.write(
        register.find("one").orElseThrow().now(NOON, TestMoney.State.RETURNED, "given back"));
    assertThat(taken(register, "six", "stripe", NOON, 50))
        .as("what came back was taken all the same")
        .contains("the daily cap of 3 is");
  }

  @Test
  void theDailyCapHoldsInTheJournal() {
    inTheJournal(TestMoneyRegisterTest::capped);
  }

  @Test
  void theDailyCapHoldsInADatabase() {
    inADatabase(TestMoneyRegisterTest::capped);
  }

  /// As processes do that share the database.
  private static void racing(TestMoneyRegister register) {
    List<CompletableFuture<Boolean>> all =
        IntStream.range(0, 12)
            .mapToObj(number ->
                CompletableFuture.supplyAsync(
                    () -> taken(register, "run-" + number, "stripe", NOON, 1).isEmpty(),
                    Thread::startVirtualThread))
            .toList();
    assertThat(all.stream().filter(CompletableFuture::join).count()).isLessThanOrEqualTo(3);
    assertThat(register.open()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void theDailyCapHoldsForThoseWhoTakeAtOnce() {
    inADatabase(TestMoneyRegisterTest::racing);
  }
}
