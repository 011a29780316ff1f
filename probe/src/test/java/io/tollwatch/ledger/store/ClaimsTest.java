package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Samples;
import io.tollwatch.routing.LedgerClaims;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P1 across sidecars: claims of payments by two stores of one PostgreSQL database.
class ClaimsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;
  private StoreKind.Place place;
  private Store one;
  private Store two;
  private long fed;

  @BeforeEach
  void open() throws SQLException {
    place = StoreKind.POSTGRES.place(folder);
    one = place.store();
    two = place.store();
    one.open();
    two.open();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static Claim claim(String exchange, String provider, String key, String reference) {
    return new Claim(
        exchange,
        provider,
        new PaymentIdentity(
            "card",
            Optional.of(key).filter(text -> !text.isEmpty()),
            Optional.of(reference).filter(text -> !text.isEmpty())),
        Money.IN_DOUBT,
        NOW);
  }

  @Test
  void theSecondFindsTheFirstAndIsNotMade() throws ClaimsUnanswered, SQLException {
    Claim first = claim("x1", "a", "k", "r");
    assertThat(one.claims().claim(first, false)).containsExactly(first);

    assertThat(two.claims().claim(claim("x2", "b", "k", ""), false)).containsExactly(first);
    assertThat(two.claims().claim(claim("x3", "b", "", "r"), true)).containsExactly(first);
    assertThat(two.claims().claim(claim("x4", "a", "other", "r"), false)).containsExactly(first);
    assertThat(two.claims().claim(claim("x5", "a", "other", "r"), true)).hasSize(2);
    assertThat(two.claims().claim(claim("x6", "a", "k", "r"), false)).hasSize(3);
    Claim another = claim("x7", "b", "k2", "r2");
    assertThat(two.claims().claim(another, false)).containsExactly(another);
  }

  @Test
  void tellsWhatStandsWithoutClaimingIt() throws ClaimsUnanswered {
    Claim first = claim("x1", "a", "k", "r");
    one.claims().claim(first, false);
    assertThat(two.claims().standing(claim("", "", "k", "other").identity()))
        .containsExactly(first);
    assertThat(two.claims().standing(claim("", "", "other", "r").identity()))
        .containsExactly(first);
    assertThat(two.claims().standing(claim("", "", "other", "").identity())).isEmpty();
  }

  /// "Not found" proves nothing of an attempt while a later one, of whatever sidecar, stands.
  @Test
  void tellsWhetherALaterAttemptMayStand() throws ClaimsUnanswered, SQLException {
    two.share(Set.of("card"));
    LedgerClaims claims = new LedgerClaims(two.claims(), "same", System::nanoTime);
    PaymentIdentity payment = claim("", "", "k", "r").identity();
    assertThat(claims.mayStandLater(payment, "x1", NOW)).isFalse();
    one.claims().claim(claim("x1", "a", "k", "r"), false);
    assertThat(claims.mayStandLater(payment, "x1", NOW)).as("itself").isFalse();
    one.claims().claim(claim("x2", "a", "k", "r"), false);
    assertThat(claims.mayStandLater(payment, "x2", NOW.plusSeconds(1))).as("earlier").isFalse();
    assertThat(claims.mayStandLater(payment, "x0", NOW)).isTrue();
    place.run("update payment_claim set money = 'succeeded'");
    assertThat(claims.mayStandLater(payment, "x0", NOW)).isTrue();
    place.run("drop table payment_claim");
    assertThat(claims.mayStandLater(payment, "x1", NOW)).as("nobody can tell").isTrue();
  }

  @Test
  void aClaimMovesOnlyWhileItStandsAlone() throws ClaimsUnanswered, SQLException {
    one.claims().claim(claim("x1", "a", "k", "r"), false);
    Claim next = claim("x2", "b", "k", "r");
    assertThat(one.claims().move("x1", next)).containsExactly(next);
    assertThat(one.claims().move("x1", claim("x3", "a", "k", "r")))
        .as("it is not there any more")
        .containsExactly(next);

    two.claims().claim(claim("x4", "b", "k", "r"), false);
    assertThat(one.claims().move("x2", claim("x5", "a", "k", "r")))
        .extracting(Claim::exchange)
        .containsExactly("x2", "x4");
  }

  @Test
  void whatIsReleasedIsFreeAndWhatSucceededIsForgottenLater()
      throws ClaimsUnanswered, SQLException {
    one.claims().claim(claim("x1", "a", "k", "r"), false);
    one.claims().release(List.of("x1"));
    assertThat(two.claims().claim(claim("x2", "b", "k", "r"), false)).hasSize(1);

    assertThat(one.claims().forget("card", NOW.plusSeconds(1))).as("in doubt").isZero();
    place.run("update payment_claim set money = 'succeeded'");
    assertThat(one.claims().forget("card", NOW)).isZero();
    assertThat(one.claims().forget("other", NOW.plusSeconds(1))).isZero();
    assertThat(one.claims().forget("card", NOW.plusSeconds(1))).isOne();
  }

  @Test
  void tellsWhetherAllHaveTheSameKey() throws ClaimsUnanswered, SQLException {
    assertThat(one.claims().check("same")).isTrue();
    assertThat(two.claims().check("same")).isTrue();
    assertThat(two.claims().check("other")).isFalse();
  }

  /// Payments known by a key here and by a reference there, claimed for either provider by four
  /// threads of each store.
  @Test
  void neverStandAtTwoProvidersHoweverTheyMeet() throws Exception {
    int payments = 150;
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Claims claims = (thread % 2 == 0 ? one : two).claims();
        String name = "t" + thread;
        SplittableRandom random = new SplittableRandom(thread);
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < payments; i++) {
                String provider = random.nextBoolean() ? "a" : "b";
                String key = random.nextInt(3) == 0 ? "" : "k" + i;
                claims.claim(claim(name + "-" + i, provider, key, "r" + i), true);
              }
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(distinct reference), count(*), (select count(*) from (select 1 from"
                    + " payment_claim group by reference having count(distinct provider) > 1) x)"
                    + " from payment_claim")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(payments);
      assertThat(rows.getInt(2)).as("some were joined").isGreaterThan(payments);
      assertThat(rows.getInt(3)).as("payments at two providers").isZero();
    }
  }

  @Test
  void aQuestionThatComesTooLateLeavesNothingBehind() throws Exception {
    try (Connection other = place.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table payment_claim in access exclusive mode");
      long begun = System.nanoTime();
      assertThat(catching(() -> one.claims().claim(claim("x1", "a", "k", "r"), false)))
          .isInstanceOf(ClaimsUnanswered.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
      other.rollback();
    }
    Claim second = claim("x2", "b", "k", "r");
    assertThat(two.claims().claim(second, false)).containsExactly(second);
  }

  /// What could not be claimed before it was sent stands as soon as it is fed; and each claim ends
  /// as its exchange does, whoever made it.
  @Test
  void claimsFollowWhatIsFed() throws ClaimsUnanswered, SQLException {
    PaymentIdentity identity = claim("x", "a", "k", "r").identity();
    Intent intent = Samples.pay(1);
    Correlation known = intent.correlation();
    Intent paid =
        new Intent(
            intent.id(),
            intent.startedAt(),
            intent.origin(),
            intent.provider(),
            intent.profile(),
            intent.operation(),
            intent.movesMoney(),
            intent.method(),
            intent.target(),
            intent.fields(),
            intent.body(),
            new Correlation(
                known.traceparent(),
                known.requestId(),
                known.reference(),
                known.idempotencyKey(),
                known.referenceKey(),
                known.card(),
                known.handles(),
                Optional.of(identity)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    feed(new Exchange(paid, Optional.of(Samples.lost(1))), List.of());
    assertThat(standing()).as("no other sidecar serves its channel").isEmpty();

    one.share(Set.of("card"));
    Intent again = Samples.pay(2);
    Exchange lost =
        new Exchange(like(paid, again.id(), again.startedAt()), Optional.of(Samples.lost(2)));
    feed(lost, List.of());
    assertThat(standing())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.exchange()).isEqualTo(lost.id());
          assertThat(it.money()).isEqualTo(Money.IN_DOUBT);
        });
    feed(lost, List.of());
    assertThat(standing()).as("told twice").hasSize(1);

    feed(lost, List.of(resolution(lost.id(), Money.SUCCEEDED)));
    assertThat(standing()).extracting(Claim::money).containsExactly(Money.SUCCEEDED);
    feed(lost, List.of(resolution(lost.id(), Money.REJECTED)));
    assertThat(standing()).as("taken stays taken").hasSize(1);
  }

  private static Intent like(Intent like, String id, Instant at) {
    return new Intent(
        id,
        at,
        like.origin(),
        like.provider(),
        like.profile(),
        like.operation(),
        like.movesMoney(),
        like.method(),
        like.target(),
        like.fields(),
        like.body(),
        like.correlation(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Resolution resolution(String exchange, Money money) {
    return new Resolution(
        exchange, NOW, money, Resolution.By.HAND, "seen", Optional.of("me"), Optional.empty());
  }

  private void feed(Exchange exchange, List<Resolution> resolutions)
      throws ClaimsUnanswered, SQLException {
    one.feed(
        new Batch(
            new UUID(1, 2),
            List.of(exchange),
            List.of(),
            resolutions,
            List.of(),
            new Batch.Position(1, ++fed)));
  }

  /// Asks for a claim that can't be made, to see what stands.
  private List<Claim> standing() throws ClaimsUnanswered, SQLException {
    List<Claim> all = two.claims().claim(claim("asking", "nowhere", "k", "r"), false);
    two.claims().release(List.of("asking"));
    return all.stream().filter(each -> !each.exchange().equals("asking")).toList();
  }

  private interface Asking {
    void ask() throws ClaimsUnanswered;
  }

  private static Throwable catching(Asking asking) {
    return org.assertj.core.api.Assertions.catchThrowable(asking::ask);
  }
}
