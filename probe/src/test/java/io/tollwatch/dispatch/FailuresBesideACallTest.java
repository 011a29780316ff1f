package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.profile.BreakRules;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.StatusRules;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// P4 where a bug of ours meets a payment: whatever throws beside the call, the caller has the
/// gateway's answer, and what is recorded never says less than what may have happened (P1). Missing
/// parts stand in for bugs.
@SuppressWarnings("NullAway")
class FailuresBesideACallTest {

  private static final int LIMIT = 64 * 1024;

  private final FakeStripe stripe = FakeStripe.start();
  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(20));
  private final Kept kept = new Kept();
  private Redactor redactor = new Redactor(Secrets.common(), LIMIT);
  private Classifier classifier = Classifier.shipped();
  private boolean strict;

  /// A ledger that keeps, or fails.
  private static final class Kept implements Ledger {
    final List<Intent> intents = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    boolean fails;
    boolean full;

    @Override
    public Recorded resolution(Resolution resolution) {
      return answer();
    }

    @Override
    public Recorded breaker(BreakerChange change) {
      return answer();
    }

    @Override
    public Recorded intent(Intent intent) {
      intents.add(intent);
      return answer();
    }

    @Override
    public Recorded outcome(Outcome outcome) {
      outcomes.add(outcome);
      return answer();
    }

    private Recorded answer() {
      if (fails) {
        throw new IllegalStateException("a broken ledger");
      }
      return full ? new Recorded.NotKept("the disk is full") : Recorded.kept();
    }
  }

  @AfterEach
  void stop() {
    watchdog.close();
    stripe.close();
  }

  @Test
  void aLedgerAndAnObserverThatThrowCostNothing() {
    kept.fails = true;
    List<String> told = new ArrayList<>();
    Observer broken =
        (_, _) -> {
          throw new IllegalStateException("a broken observer");
        };

    Reply reply = pay(broken.and((intent, _) -> told.add(intent.id())));

    assertThat(whole(reply).verdict().money()).isEqualTo(Money.SUCCEEDED);
    assertThat(stripe.book().charges()).hasSize(1);
    assertThat(told).containsExactly(reply.exchange());
  }

  @Test
  void aLedgerThatKeepsNothingCostsNothing() {
    kept.full = true;
    assertThat(whole(pay((_, _) -> {})).verdict().money()).isEqualTo(Money.SUCCEEDED);
    assertThat(stripe.book().charges()).hasSize(1);
  }

  @Test
  void aStrictOneSendsNothingThatIsNotRecorded() {
    strict = true;
    for (Runnable broken : List.<Runnable>of(() -> kept.full = true, () -> kept.fails = true)) {
      broken.run();
      List<Outcome> told = new ArrayList<>();

      Reply reply = pay((_, outcome) -> told.add(outcome));

      assertThat(reply).isInstanceOf(Reply.Unrecorded.class);
      assertThat(told.getFirst().progress()).isEqualTo(Progress.UNSENT);
      assertThat(told.getFirst().verdict().money()).isEqualTo(Money.NOT_SENT);
      assertThat(kept.outcomes).isEmpty();
      assertThat(stripe.book().requests()).isEmpty();
    }
  }

  @Test
  void anAnswerThatCannotBeRedactedIsRelayedAndInDoubt() {
    redactor = null;

    Reply reply = pay((_, _) -> {});

    assertThat(new String(whole(reply).body(), StandardCharsets.UTF_8)).contains("succeeded");
    assertThat(whole(reply).verdict().money()).isEqualTo(Money.IN_DOUBT);
    assertThat(stripe.book().charges()).hasSize(1);
    assertThat(kept.intents.getFirst().target()).isEqualTo("/");
    assertThat(kept.intents.getFirst().fields()).isEmpty();
    assertThat(kept.outcomes.getFirst().verdict().rule()).isEqualTo(Unjudged.RULE);
    assertThat(kept.outcomes.getFirst().answer().orElseThrow().body().text()).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeJudgedIsRelayedAndInDoubt() {
    classifier = new Classifier(BreakRules.shipped(), null);
    stripe.faults().next(Fault.instead(Answer.of(418, "text/plain", "a teapot")));

    Reply reply = pay((_, _) -> {});

    assertThat(whole(reply).head().status()).isEqualTo(418);
    assertThat(kept.outcomes.getFirst().verdict().money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aBreakThatCannotBeJudgedIsInDoubtOrNotSentByItsProgressAlone() {
    classifier = new Classifier(null, StatusRules.shipped());
    stripe.faults().next(Fault.reset());
    assertThat(lost(pay((_, _) -> {})).verdict().money()).isEqualTo(Money.IN_DOUBT);

    stripe.close();
    assertThat(lost(pay((_, _) -> {})).verdict().money()).isEqualTo(Money.NOT_SENT);
  }

  private static Reply.Whole whole(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Whole.class);
    return (Reply.Whole) reply;
  }

  private static Reply.Lost lost(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Lost.class);
    return (Reply.Lost) reply;
  }

  private Reply pay(Observer observer) {
    byte[] form =
        "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa"
            .getBytes(StandardCharsets.UTF_8);
    Incoming incoming =
        new Incoming(
            Origin.LIVE,
            "POST",
            "/v1/payment_intents",
            Fields.of(
                "Authorization",
                "Bearer sk_test_beside",
                "Content-Type",
                "application/x-www-form-urlencoded"),
            new RequestBody.Whole(form, false),
            new CapturedBody(form, form.length, true));
    Scribe scribe = new Scribe(classifier, InstantSource.system(), LIMIT, Keys.ofPayments());
    return new Dispatcher(scribe, kept, observer, strict, Plain.switchboard(), System::nanoTime)
        .dispatch(
            provider(), incoming, (_, _, _) -> OutputStream.nullOutputStream(), new CallerWatch());
  }

  private Provider provider() {
    int port = URI.create(stripe.url()).getPort();
    Duration limit = Duration.ofSeconds(20);
    WireSettings settings =
        new WireSettings(
            new Endpoint("127.0.0.1", port, false),
            Optional.empty(),
            TlsContexts.of(List.of(), Optional.empty()),
            new WireSettings.Limits(limit, limit, limit, limit, limit),
            4,
            Duration.ZERO);
    return new Provider(
        "stripe",
        Profiles.shipped().byName("stripe"),
        redactor,
        new Wire(settings, watchdog, System::nanoTime, LIMIT),
        "",
        "127.0.0.1:" + port,
        Fields.none(),
        true,
        false,
        Optional.empty());
  }
}
