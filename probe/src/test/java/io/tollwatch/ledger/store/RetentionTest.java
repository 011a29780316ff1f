package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.redaction.KeptBody;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is forgotten of 2,500 exchanges that went well, of one in doubt (the first) and of one that
/// still runs (the second).
@ParameterizedClass
@EnumSource
class RetentionTest {

  private static final int LAST = 2_501;

  private final StoreKind kind;

  @SuppressWarnings("NullAway.Init")
  private StoreKind.Place place;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  RetentionTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void fill(@TempDir Path temp) throws SQLException {
    place = kind.place(temp);
    store = place.store();
    List<Exchange> exchanges =
        Stream.concat(
                Stream.of(
                    new Exchange(Samples.pay(0), Optional.of(Samples.lost(0))),
                    new Exchange(Samples.pay(1), Optional.empty())),
                IntStream.rangeClosed(2, LAST).mapToObj(RetentionTest::ended))
            .toList();
    store.feed(new Batch(new UUID(1, 2), exchanges, List.of(), new Position(0, 0)));
  }

  private static Exchange ended(int number) {
    return new Exchange(Samples.pay(number), Optional.of(Samples.succeeded(number)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> oldest(int count) {
    List<Exchange> all = store.reader().find(ExchangeQuery.of().limit(1_000));
    return all.reversed().stream().limit(count).map(Exchange::id).toList();
  }

  @Test
  void forgetsWhatIsOldButNeverWhatIsInDoubtOrRuns() {
    long deleted = store.retention().deleteOlderThan(Samples.startedAt(2_400));

    assertThat(deleted).isEqualTo(2_398);
    assertThat(oldest(3)).containsExactly(Samples.id(0), Samples.id(1), Samples.id(2_400));
    assertThat(store.retention().count()).isEqualTo(104);
    assertThat(store.retention().deleteOlderThan(Samples.startedAt(2_400))).isZero();
  }

  @Test
  void whatMayHaveBeenAttemptedTwiceIsForgottenWithItsExchange() throws SQLException {
    assertThat(duplicates()).isEqualTo(1_668);

    store.retention().deleteOlderThan(Samples.startedAt(2_400));

    assertThat(duplicates()).isEqualTo(69);
  }

  private int duplicates() throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from exchange_duplicate")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void forgetsBodiesEarlierThanFacts() {
    long deleted = store.retention().deleteBodiesOlderThan(Samples.startedAt(2_400));

    assertThat(deleted).isEqualTo(2_398);
    Exchange expired = store.reader().byId(Samples.id(2_399)).orElseThrow();
    Outcome outcome = expired.outcome().orElseThrow();
    assertThat(expired.intent().body())
        .isEqualTo(new KeptBody("", KeptBody.State.EXPIRED, "amount=100&n=2399".length()));
    assertThat(outcome.answer().orElseThrow().body().state()).isEqualTo(KeptBody.State.EXPIRED);
    assertThat(outcome.verdict()).isEqualTo(Samples.succeeded(2_399).verdict());
    assertThat(store.reader().byId(Samples.id(2_400))).contains(ended(2_400));
    assertThat(store.reader().byId(Samples.id(0)).orElseThrow().intent().body().state())
        .as("of the one in doubt")
        .isEqualTo(KeptBody.State.WHOLE);
    assertThat(store.retention().count()).isEqualTo(2_502);
  }

  @Test
  void goesOnWithBodiesWhereItStopped() {
    store.retention().deleteBodiesOlderThan(Samples.startedAt(1_000));

    assertThat(store.retention().deleteBodiesOlderThan(Samples.startedAt(1_010))).isEqualTo(10);
  }

  @Test
  void aBodyThatNeverWasDoesNotExpire() throws SQLException {
    Exchange bodiless =
        new Exchange(Samples.pay(5_000, Samples.startedAt(5_000)), Optional.empty());
    store.feed(new Batch(new UUID(1, 2), List.of(bodiless), List.of(), new Position(0, 1)));

    assertThat(store.reader().byId(Samples.id(5_000))).contains(bodiless);
  }

  @Test
  void shrinksToASizeByForgettingTheOldest() {
    if (kind == StoreKind.H2) { // PostgreSQL's own statistics come when it likes
      long before = store.retention().bytes();

      long deleted = store.retention().deleteDownTo(before / 2);

      assertThat(deleted).isBetween(1_000L, 1_600L);
      assertThat(store.retention().count()).isEqualTo(2_502 - deleted);
      assertThat(store.reader().byId(Samples.id(1))).as("runs").isPresent();
      assertThat(store.reader().byId(Samples.id(2))).isEmpty();
    }
    assertThat(store.retention().deleteDownTo(Long.MAX_VALUE)).isZero();
    assertThat(store.reader().byId(Samples.id(LAST))).isPresent();
    assertThat(store.reader().countInDoubt()).isEqualTo(1);
  }
}
