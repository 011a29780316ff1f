package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the store makes of resolutions and changes of breakers, on both databases.
@ParameterizedClass
@EnumSource
class ResolutionTest {

  private static final UUID JOURNAL = new UUID(1, 2);
  private static final Instant LATER = Samples.START.plusSeconds(1_000_000);

  private final StoreKind kind;
  private Store store;

  ResolutionTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open(@TempDir Path temp) {
    store = kind.place(temp).store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Resolution resolution(int number, int second, Money money) {
    return new Resolution(
        Samples.id(number),
        Samples.startedAt(number).plusSeconds(second),
        money,
        Resolution.By.HAND,
        "seen in the dashboard",
        Optional.of("ada"),
        Optional.empty());
  }

  private Fed feed(List<Exchange> exchanges, Resolution... resolutions) throws SQLException {
    return store.feed(
        new Batch(
            JOURNAL, exchanges, List.of(), List.of(resolutions), List.of(), new Position(0, 0)));
  }

  private static Exchange ended(int number, Outcome outcome) {
    return new Exchange(Samples.pay(number), Optional.of(outcome));
  }

  private Exchange shown(int number) {
    return store.reader().byId(Samples.id(number)).orElseThrow();
  }

  @Test
  void aResolvedExchangeIsNoLongerInDoubt() throws SQLException {
    feed(List.of(ended(1, Samples.lost(1)), ended(2, Samples.lost(2))));
    feed(List.of(), resolution(1, 60, Money.SUCCEEDED));

    assertThat(store.reader().countInDoubt()).isEqualTo(1);
    assertThat(store.reader().inDoubt(10)).extracting(Exchange::id).containsExactly(Samples.id(2));
    assertThat(shown(1).money()).hasValue(Money.SUCCEEDED);
    assertThat(shown(1).outcome()).hasValue(Samples.lost(1));
    assertThat(shown(2).money()).hasValue(Money.IN_DOUBT);
  }

  @Test
  void theLastOfSeveralResolutionsCounts() throws SQLException {
    feed(List.of(ended(1, Samples.lost(1))), resolution(1, 90, Money.REJECTED));
    feed(List.of(), resolution(1, 60, Money.SUCCEEDED));

    assertThat(shown(1).resolutions())
        .containsExactly(resolution(1, 60, Money.SUCCEEDED), resolution(1, 90, Money.REJECTED));
    assertThat(shown(1).money()).hasValue(Money.REJECTED);
  }

  @Test
  void aResolutionMayComeBeforeItsExchangeAndItsOutcome() throws SQLException {
    feed(List.of(), resolution(1, 60, Money.SUCCEEDED), resolution(2, 60, Money.SUCCEEDED));
    feed(
        List.of(
            ended(1, Samples.lost(1)), new Exchange(Samples.pay(2), Optional.<Outcome>empty())));
    store.feed(new Batch(JOURNAL, List.of(), List.of(Samples.lost(2)), new Position(0, 0)));

    assertThat(store.reader().countInDoubt()).isZero();
    assertThat(shown(2).money()).hasValue(Money.SUCCEEDED);
  }

  @Test
  void fedAgainChangesNothing() throws SQLException {
    for (int i = 0; i < 2; i++) {
      feed(List.of(ended(1, Samples.lost(1))), resolution(1, 60, Money.SUCCEEDED));
    }

    assertThat(shown(1).resolutions()).hasSize(1);
    assertThat(store.reader().countInDoubt()).isZero();
  }

  @Test
  void whatIsResolvedMayBeForgottenAndItsResolutionWithIt() throws SQLException {
    feed(
        List.of(ended(1, Samples.lost(1)), ended(2, Samples.lost(2)), ended(3, Samples.lost(3))),
        resolution(1, 60, Money.SUCCEEDED));
    store.retention().deleteOlderThan(LATER);
    feed(List.of(), resolution(2, 70, Money.REJECTED));

    assertThat(store.reader().byId(Samples.id(1))).isEmpty();
    assertThat(shown(2).resolution()).hasValue(resolution(2, 70, Money.REJECTED));
    assertThat(shown(3).money()).hasValue(Money.IN_DOUBT);
    // fed anew it has no resolution any more: that went with it
    feed(List.of(ended(1, Samples.lost(1))));
    assertThat(shown(1).resolutions()).isEmpty();
  }

  @Test
  void aResolutionOfNoExchangesIdIsLeftOutAndHoldsNothingUp() throws SQLException {
    Resolution foreign =
        new Resolution(
            "x", LATER, Money.REJECTED, Resolution.By.HAND, "", Optional.empty(), Optional.empty());

    Fed fed = feed(List.of(ended(1, Samples.lost(1))), foreign, resolution(1, 5, Money.REJECTED));

    assertThat(fed.refused()).extracting(Fed.Refused::part).containsExactly(Fed.Part.RESOLUTION);
    assertThat(shown(1).money()).hasValue(Money.REJECTED);
  }

  @Test
  void keepsTheHistoryOfBreakers() throws SQLException {
    BreakerChange opened = change(0, BreakerState.CLOSED, BreakerState.OPEN);
    BreakerChange closed = change(60, BreakerState.OPEN, BreakerState.CLOSED);
    for (int i = 0; i < 2; i++) {
      store.feed(
          new Batch(
              JOURNAL,
              List.of(),
              List.of(),
              List.of(),
              List.of(opened, closed),
              new Position(0, 0)));
    }

    TimeWindow all = new TimeWindow(Samples.START.minusSeconds(1), LATER);
    assertThat(store.reports().breakerChanges(all, 10)).containsExactly(opened, closed);
    assertThat(store.reports().isNewest(opened)).isFalse();
    assertThat(store.reports().isNewest(closed)).isTrue();
    store.retention().deleteOlderThan(Samples.START.plusSeconds(30));
    assertThat(store.reports().breakerChanges(all, 10)).containsExactly(closed);
  }

  private static BreakerChange change(int second, BreakerState from, BreakerState to) {
    return new BreakerChange(
        Samples.START.plusSeconds(second),
        BreakerKey.of("stripe", Operation.PAY),
        from,
        to,
        "3 of 4 calls failed",
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
