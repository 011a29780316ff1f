package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.dispatch.SeededScribe;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.health.Health;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.CallerWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Payments in doubt that are ended at the gateway: calls through a dispatcher, the reconciler's
/// rounds a second apart, and a gateway whose book says whom it took money from. Cancels are due
/// after 15 minutes.
class CancelTest {

  private static final Duration DUE = Duration.ofMinutes(15);
  private static final String CANCEL = "POST /payments/order-1/cancel";
  private static final String LOOK = "GET /payments/order-1";

  private static final String ACME =
      """
      name: acme
      version: 1
      answers: [json]
      routes:
        - {method: POST, paths: [/payments], operation: pay}
        - {method: POST, paths: ["/payments/{id}/cancel"], operation: void}
        - {method: GET, paths: ["/payments/{id}"], operation: query}
      outcomes:
        - at: $.status
          operations: [pay]
          requires: [$.id]
          http: [200]
          closed: true
          rules:
            paid: {category: succeeded, fault: none}
            asking: {category: pending, fault: none}
      request: {reference: [$.reference], amount: [$.amount], currency: [$.currency]}
      answer: {payment: [$.id]}
      amounts: {unit: minor}
      idempotency: {key: header Idempotency-Key}
      lookup:
        calls:
          - method: GET
            path: "/payments/{reference}"
            operations: [pay]
            state: $.status
            states: {paid: succeeded, failed: rejected, asking: pending}
            missing: [404]
        cancel:
          method: POST
          path: "/payments/{reference}/cancel"
          operations: [pay]
          state: $.status
          states: {ended: rejected, paid: succeeded}
          missing: [404]
          pending: PENDING
      """;

  @TempDir private Path folder;

  private final ManualTime time = new ManualTime(DoubtRig.START);
  private Duration jumped = Duration.ZERO;
  private final Counter gateway = new Counter();
  private final List<Resolution> resolutions = new ArrayList<>();

  /// A provider with its register, reconciler and dispatcher.
  private final class Office {
    final Provider provider;
    final Dispatcher dispatcher;
    final Reconciler reconciler;

    Office(boolean cancels, boolean pending) {
      provider = provider(profile(ACME.replace("PENDING", Boolean.toString(pending))));
      Desk desk = new Desk(provider, true, cancels, Optional.empty(), Pace.defaults());
      Ledger ledger = new DoubtRig.Kept();
      Random chance = new Random(7);
      InstantSource wall = () -> time.now().plus(jumped);
      Doubts doubts =
          new Doubts(
              _ -> Optional.of(desk), SharedClaims.none(), ledger, wall, time.nanos(), chance);
      doubts.onResolution(resolutions::add);
      dispatcher =
          new Dispatcher(
              SeededScribe.of(Classifier.shipped(), wall, chance),
              ledger,
              doubts,
              false,
              new Switchboard(
                  new Router(Health.unwatched()),
                  new Gate(),
                  Payments.fresh(),
                  new RetryBudgets(time.nanos()),
                  Takers.none()),
              time.nanos());
      reconciler =
          new Reconciler(
              doubts, dispatcher, new Traffic(time.nanos()), wall, time.nanos(), Runnable::run);
    }

    void pay(String key) {
      pay(key, false);
    }

    void pay(String key, boolean unread) {
      byte[] body =
          "{\"amount\":1000,\"currency\":\"EUR\",\"reference\":\"order-1\"}"
              .getBytes(StandardCharsets.UTF_8);
      dispatcher.dispatch(
          provider,
          new Incoming(
              Origin.LIVE,
              "POST",
              "/payments",
              Fields.of("Content-Type", "application/json", "Idempotency-Key", key),
              new RequestBody.Whole(body, false),
              unread
                  ? new CapturedBody(new byte[0], body.length, false)
                  : new CapturedBody(body, body.length, true)),
          (_, _, _) -> OutputStream.nullOutputStream(),
          new CallerWatch());
    }

    void passes(Duration length) {
      for (long second = 0; second < length.toSeconds(); second++) {
        time.advance(Duration.ofSeconds(1));
        reconciler.round();
      }
    }
  }

  private Provider provider(Profile profile) {
    return new Provider(
        profile.name(),
        profile,
        new Redactor(Secrets.common(), 1 << 16),
        gateway,
        "",
        "127.0.0.1",
        Fields.none(),
        true,
        false,
        Optional.of("card"));
  }

  private Profile profile(String text) {
    try {
      Path file = Files.writeString(folder.resolve("acme.yaml"), text);
      ProfilesReading reading = Profiles.of(Profiles.shipped(), List.of(file));
      return ((ProfilesReading.Valid) reading).profiles().byName("acme");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Office cancelling() {
    return new Office(true, false);
  }

  @Test
  void whatCantBeFoundOutAboutIsEndedOnceItIsDue() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");

    office.passes(DUE.minusSeconds(1));
    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.came(LOOK)).isPositive();
    office.passes(Duration.ofHours(1));

    assertThat(resolutions)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.money()).isEqualTo(Money.REJECTED);
          assertThat(it.by()).isEqualTo(Resolution.By.CANCEL);
        });
    assertThat(gateway.book).containsEntry("order-1", "ended");
    assertThat(gateway.came(CANCEL)).isEqualTo(1);
  }

  @Test
  void nothingIsEndedWhereThatIsNotSwitchedOn() {
    Office office = new Office(false, true);
    gateway.blind = true;
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(resolutions).isEmpty();
  }

  @Test
  void aCancelThatFindsNothingSettlesNothing() {
    Office office = cancelling();
    gateway.next = "none";
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isPositive();
    assertThat(resolutions).isEmpty();
  }

  /// It may have ended it, and is made again.
  @Test
  void aCancelWhoseAnswerIsLostLeavesItInDoubt() {
    Office office = cancelling();
    gateway.blind = true;
    gateway.losesCancels = true;
    office.pay("k1");
    office.passes(DUE.plusMinutes(60));
    assertThat(gateway.came(CANCEL)).isPositive();
    assertThat(resolutions).isEmpty();

    gateway.losesCancels = false;
    office.passes(Duration.ofHours(2));
    assertThat(resolutions).extracting(Resolution::money).containsExactly(Money.REJECTED);
  }

  @Test
  void whatALookFoundTakenIsNotEnded() {
    Office office = cancelling();
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(resolutions).extracting(Resolution::money).containsExactly(Money.SUCCEEDED);
    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  /// The gateway went down before a look, and is asked before anything is ended.
  @Test
  void aLookComesBeforeACancelThatIsLongDue() {
    Office office = cancelling();
    office.pay("k1");
    time.advance(Duration.ofDays(1));
    office.passes(Duration.ofMinutes(1));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(resolutions).extracting(Resolution::money).containsExactly(Money.SUCCEEDED);
  }

  /// The repeat's answer says that it was taken, and lookups are behind: to end it would undo what
  /// the customer has paid for.
  @Test
  void whatARepeatFoundTakenIsNotEnded() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");
    gateway.loses = false;
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  @Test
  void aRepeatOfWhatWasTakenIsNotEnded() {
    Office office = cancelling();
    gateway.blind = true;
    gateway.loses = false;
    office.pay("k1");
    gateway.loses = true;
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  @Test
  void whatARepeatWasToldToBeTakenWhileTheFirstStillRanIsNotEnded() {
    Office office = cancelling();
    gateway.blind = true;
    gateway.meanwhile =
        () -> {
          gateway.loses = false;
          office.pay("k1");
          gateway.loses = true;
        };
    office.pay("k1");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  @Test
  void nothingIsEndedWhileARepeatRunsWhoseCallerMayBeToldThatItWasTaken() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");
    gateway.loses = false;
    gateway.meanwhile = () -> office.passes(Duration.ofHours(1));
    office.pay("k1");
    office.passes(Duration.ofHours(1));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  /// Its reference is in a body that passed through, and its caller was told that it was taken.
  @Test
  void nothingIsEndedByAReferenceThatAPaymentMayHaveWhichPassedThroughUnread() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");
    gateway.loses = false;
    office.pay("k2", true);
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "paid");
  }

  @Test
  void aClockThatIsSetForwardEndsNothingEarly() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");
    jumped = Duration.ofHours(2);
    office.passes(DUE.minusSeconds(1));
    assertThat(gateway.came(LOOK)).isPositive();
    assertThat(gateway.came(CANCEL)).isZero();
    office.passes(Duration.ofHours(1));

    assertThat(gateway.came(CANCEL)).isEqualTo(1);
  }

  @Test
  void anotherPaymentOfTheSameReferenceIsNotEndedWithIt() {
    Office office = cancelling();
    gateway.blind = true;
    office.pay("k1");
    office.pay("k2");
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
  }

  /// Tricky case 8: the buyer is still asked for a password; asked about for a while, then ended.
  @Test
  void aBuyerWhoDoesNotPayIsWaitedForAndThenTheGatewayStopsAsking() {
    Office office = new Office(true, true);
    gateway.next = "asking";
    gateway.loses = false;
    office.pay("k1");

    office.passes(DUE.minusSeconds(1));
    assertThat(gateway.came(LOOK)).isPositive();
    assertThat(gateway.book).containsEntry("order-1", "asking");
    office.passes(Duration.ofHours(1));

    assertThat(gateway.book).containsEntry("order-1", "ended");
    assertThat(resolutions).extracting(Resolution::by).containsExactly(Resolution.By.CANCEL);
  }

  @Test
  void aPaymentThatTakesDaysByItsNatureIsLeftAlone() {
    Office office = cancelling();
    gateway.next = "asking";
    gateway.loses = false;
    office.pay("k1");
    gateway.blind = true; // a look that finds nothing makes it no less pending
    office.passes(Duration.ofHours(3));

    assertThat(gateway.came(CANCEL)).isZero();
    assertThat(gateway.book).containsEntry("order-1", "asking");
  }
}
