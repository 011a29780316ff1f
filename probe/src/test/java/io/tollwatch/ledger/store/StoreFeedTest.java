package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the store makes of batches, on both databases.
@ParameterizedClass
@EnumSource
class StoreFeedTest {

  private static final UUID JOURNAL = new UUID(1, 2);
  private static final Instant LATER = Samples.START.plusSeconds(1_000_000);

  private final StoreKind kind;
  private StoreKind.Place place;
  private Store store;

  StoreFeedTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open(@TempDir Path temp) {
    place = kind.place(temp);
    store = place.store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Fed feed(long offset, List<Exchange> exchanges, List<Outcome> outcomes)
      throws SQLException {
    return store.feed(new Batch(JOURNAL, exchanges, outcomes, new Position(1, offset)));
  }

  private static Exchange running(int number) {
    return new Exchange(Samples.pay(number), Optional.empty());
  }

  private static Exchange ended(int number, Outcome outcome) {
    return new Exchange(Samples.pay(number), Optional.of(outcome));
  }

  private List<Exchange> all() {
    return store.reader().find(ExchangeQuery.of().limit(1_000));
  }

  @Test
  void keepsExchangesWhole() throws SQLException {
    List<Exchange> told =
        List.of(
            running(4),
            ended(3, Samples.lost(3)),
            ended(2, Samples.declined(2, "card_declined")),
            ended(1, Samples.succeeded(1)));

    Fed fed = feed(10, told, List.of());

    assertThat(fed).isEqualTo(new Fed(List.of(), List.of()));
    assertThat(all()).isEqualTo(told);
  }

  @Test
  void knowsEachFeedersPositionAcrossReopening() throws SQLException {
    assertThat(store.position(JOURNAL)).isEmpty();
    feed(10, List.of(running(1)), List.of());
    store.feed(new Batch(new UUID(3, 4), List.of(running(2)), List.of(), new Position(7, 7)));
    feed(20, List.of(running(3)), List.of());
    store.close();
    store = place.store();

    assertThat(store.position(JOURNAL)).contains(new Position(1, 20));
    assertThat(store.position(new UUID(3, 4))).contains(new Position(7, 7));
  }

  @Test
  void aPositionNeverGoesBack() throws SQLException {
    feed(20, List.of(), List.of());
    feed(10, List.of(), List.of());
    assertThat(store.position(JOURNAL)).contains(new Position(1, 20));

    store.feed(new Batch(JOURNAL, List.of(), List.of(), new Position(2, 0)));
    assertThat(store.position(JOURNAL)).contains(new Position(2, 0));
  }

  @Test
  void fedAgainChangesNothing() throws SQLException {
    List<Exchange> told = List.of(ended(2, Samples.lost(2)), running(1));
    feed(10, told, List.of());

    feed(10, told, List.of());
    feed(
        10,
        List.of(
            ended(2, Samples.succeeded(2)),
            new Exchange(Samples.intent(1, "other", Operation.QUERY, "x"), Optional.empty())),
        List.of(Samples.succeeded(2)));

    assertThat(all()).isEqualTo(told);
    assertThat(store.reader().countInDoubt()).isEqualTo(1);
  }

  @Test
  void aKnownExchangeGetsTheOutcomeThatItLacked() throws SQLException {
    feed(10, List.of(running(1), running(2), running(3)), List.of());

    feed(
        20,
        List.of(ended(1, Samples.succeeded(1)), ended(4, Samples.succeeded(4))),
        List.of(Samples.lost(2), Samples.succeeded(2)));

    assertThat(all())
        .containsExactly(
            ended(4, Samples.succeeded(4)),
            running(3),
            ended(2, Samples.lost(2)),
            ended(1, Samples.succeeded(1)));
    assertThat(store.reader().inDoubt(10)).containsExactly(ended(2, Samples.lost(2)));
    assertThat(store.settleUnfinished(JOURNAL, LATER)).as("still ran").isEqualTo(1);
  }

  @Test
  void tellsOutcomesWithoutIntentFromThoseThatAreLateOrRepeated() throws SQLException {
    feed(10, List.of(running(1), ended(2, Samples.succeeded(2))), List.of());

    Fed fed =
        feed(
            20,
            List.of(running(3)),
            List.of(
                Samples.succeeded(1),
                Samples.succeeded(2),
                Samples.succeeded(3),
                Samples.succeeded(9)));

    assertThat(fed.orphans()).containsExactly(Samples.succeeded(9));
    assertThat(store.reader().byId(Samples.id(3))).contains(ended(3, Samples.succeeded(3)));
  }

  @Test
  void theSameExchangeTwiceInOneBatchIsOne() throws SQLException {
    feed(10, List.of(running(1), ended(1, Samples.lost(1)), running(1)), List.of());

    assertThat(all()).containsExactly(ended(1, Samples.lost(1)));
  }

  @Test
  void leavesOutOnlyTheRecordThatTheDatabaseRefuses() throws SQLException {
    Exchange beyondAnyCalendar =
        new Exchange(Samples.pay(2, Instant.MAX), Optional.of(Samples.succeeded(2)));

    Fed fed = feed(10, List.of(running(3), beyondAnyCalendar, running(1)), List.of());

    assertThat(fed.refused())
        .extracting(Fed.Refused::id, Fed.Refused::part)
        .containsExactly(tuple(Samples.id(2), Fed.Part.EXCHANGE));
    assertThat(all()).containsExactly(running(3), running(1));
    assertThat(store.position(JOURNAL)).contains(new Position(1, 10));
  }

  @Test
  void keepsLargeAndStrangeTexts() throws SQLException {
    String body = "\uD83D\uDCB8\"\u0001".repeat(300_000);
    Outcome large = Samples.answered(1, Category.SUCCEEDED, Fault.NONE, Optional.empty(), body);

    feed(10, List.of(ended(1, large)), List.of());

    assertThat(store.reader().byId(Samples.id(1))).contains(ended(1, large));
  }

  @Test
  void aNulInATextHoldsUpNothing() throws SQLException {
    Intent nul = Samples.intent(1, "stripe", Operation.PAY, "a\0b");

    Fed fed = feed(10, List.of(new Exchange(nul, Optional.empty())), List.of());

    assertThat(fed.refused()).isEmpty();
    assertThat(all().getFirst().intent().body().text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void ofABatchThatFailsNothingIsKeptNorItsPosition() throws SQLException {
    feed(10, List.of(running(1)), List.of());
    place.run("alter table exchange_unsettled rename to away");

    assertThatThrownBy(() -> feed(20, List.of(running(2)), List.of(Samples.succeeded(1))))
        .isInstanceOf(SQLException.class);

    place.run("alter table away rename to exchange_unsettled");
    assertThat(all()).containsExactly(running(1));
    assertThat(store.position(JOURNAL)).contains(new Position(1, 10));
    feed(20, List.of(running(2)), List.of(Samples.succeeded(1)));
    assertThat(all()).containsExactly(running(2), ended(1, Samples.succeeded(1)));
  }

  @Test
  void settlesWhatItsJournalLeftUnfinished() throws SQLException {
    Exchange query =
        new Exchange(Samples.intent(2, "stripe", Operation.QUERY, ""), Optional.empty());
    feed(10, List.of(running(1), query, running(5)), List.of());
    store.feed(new Batch(new UUID(3, 4), List.of(running(3)), List.of(), new Position(0, 0)));

    int settled = store.settleUnfinished(JOURNAL, Samples.startedAt(5));

    assertThat(settled).isEqualTo(2);
    assertThat(all())
        .extracting(each -> each.outcome().map(it -> it.verdict().money()))
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Money.NONE),
            Optional.of(Money.IN_DOUBT));
    assertThat(store.settleUnfinished(JOURNAL, Samples.startedAt(5))).isZero();
    assertThat(store.reader().countInDoubt()).isEqualTo(1);
  }

  @Test
  void refusesABatchThatIsTooLarge() {
    List<Outcome> many = Collections.nCopies(10_001, Samples.lost(1));

    assertThatThrownBy(() -> new Batch(JOURNAL, List.of(), many, new Position(0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10001");
  }
}
