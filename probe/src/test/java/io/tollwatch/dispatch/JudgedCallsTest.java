package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.ledger.store.ExchangeJson;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.verdict.Verdict;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What calls to a gateway are judged by besides the answer's code, and what is kept of that: the
/// amount that was asked, codes that the profile lacks, payments that are attempted anew.
class JudgedCallsTest {

  private static final int LIMIT = 64 * 1024;
  private static final String CARD = "4242424242424242";

  private final FakeStripe stripe = FakeStripe.start();
  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T12:00:00Z"));
  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(20));
  private final Kept kept = new Kept();
  private final Dispatcher dispatcher =
      new Dispatcher(
          new Scribe(Classifier.shipped(), time.instants(), LIMIT, Keys.ofPayments()),
          kept,
          (_, _) -> {},
          false,
          Plain.switchboard(),
          time.nanos());

  private static final class Kept implements Ledger {
    final List<Intent> intents = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();

    @Override
    public Recorded resolution(Resolution resolution) {
      return Recorded.kept();
    }

    @Override
    public Recorded breaker(BreakerChange change) {
      return Recorded.kept();
    }

    @Override
    public Recorded intent(Intent intent) {
      intents.add(intent);
      return Recorded.kept();
    }

    @Override
    public Recorded outcome(Outcome outcome) {
      outcomes.add(outcome);
      return Recorded.kept();
    }
  }

  @AfterEach
  void stop() {
    watchdog.close();
    stripe.close();
  }

  @ParameterizedTest
  @CsvSource({"1000, eur, SUCCEEDED", "999, eur, IN_DOUBT", "1000, usd, IN_DOUBT"})
  void aSuccessForAnotherAmountOrCurrencyIsInDoubt(int amount, String currency, Money money) {
    answerWith(
        200,
        """
        {"id":"pi_1","object":"payment_intent","amount":%d,"currency":"%s","status":"succeeded"}
        """
            .formatted(amount, currency));

    Verdict verdict = verdict(pay("order-1", "key-1"));

    assertThat(verdict.money()).isEqualTo(money);
    assertThat(verdict.trail().amountDiffers()).isEqualTo(money == Money.IN_DOUBT);
    assertThat(verdict.action())
        .isEqualTo(money == Money.IN_DOUBT ? Action.RECONCILE : Action.NONE);
  }

  @Test
  void aCodeThatTheProfileLacksIsKeptShortAndMasked() {
    for (String code : List.of("brand_new".repeat(50), "no " + CARD, "sk_live_4eC39HqLyjWDarjt")) {
      answerWith(
          402, "{\"error\":{\"type\":\"card_error\",\"decline_code\":\"%s\"}}".formatted(code));

      Verdict verdict = verdict(pay("order-" + code.length(), "key-" + code.length()));

      assertThat(verdict.trail().unmappedAt()).contains("stripe/decline_code");
      assertThat(verdict.trail().unmapped().orElseThrow()).hasSizeLessThanOrEqualTo(100);
    }
    assertThat(kept.outcomes.getFirst().verdict().trail().unmapped().orElseThrow())
        .startsWith("brand_new");
    for (Outcome outcome : kept.outcomes) {
      assertThat(new String(ExchangeJson.bytes(outcome), StandardCharsets.UTF_8))
          .doesNotContain(CARD)
          .doesNotContain("4eC39HqL");
    }
  }

  @Test
  void aPaymentThatIsAttemptedAnewUnderAnotherKeyIsFlaggedBeforeItIsSentAndSent() {
    pay("order-1", "key-1");
    time.advance(Duration.ofMinutes(10));
    pay("order-1", "key-2");
    pay("order-2", "key-3");
    pay("order-1", "key-1");

    assertThat(kept.intents.get(0).duplicateOf()).isEmpty();
    assertThat(kept.intents.get(1).duplicateOf()).contains(kept.intents.get(0).id());
    assertThat(kept.intents.get(1).repeatOf()).isEmpty();
    assertThat(kept.intents.get(2).duplicateOf()).isEmpty();
    assertThat(kept.intents.get(3).repeatOf()).contains(kept.intents.get(0).id());
    assertThat(kept.intents.get(3).duplicateOf()).as("it has a key that is known").isEmpty();
    assertThat(stripe.book().requests()).hasSize(4);
    assertThat(stripe.book().charges()).hasSize(3);
  }

  private void answerWith(int status, String body) {
    stripe.faults().next(Fault.instead(Answer.of(status, "application/json", body)));
  }

  private static Verdict verdict(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Whole.class);
    return ((Reply.Whole) reply).verdict();
  }

  private Reply pay(String reference, String key) {
    byte[] form =
        "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&metadata[order_id]=%s"
            .formatted(reference)
            .getBytes(StandardCharsets.UTF_8);
    Fields fields =
        Fields.of(
            "Authorization",
            "Bearer sk_test_judged",
            "Idempotency-Key",
            key,
            "Content-Type",
            "application/x-www-form-urlencoded");
    Incoming incoming =
        new Incoming(
            Origin.LIVE,
            "POST",
            "/v1/payment_intents",
            fields,
            new RequestBody.Whole(form, false),
            new CapturedBody(form, form.length, true));
    return dispatcher.dispatch(
        provider(), incoming, (_, _, _) -> OutputStream.nullOutputStream(), new CallerWatch());
  }

  private Provider provider() {
    int port = URI.create(stripe.url()).getPort();
    Duration limit = Duration.ofSeconds(5);
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
        new Redactor(Secrets.common(), LIMIT),
        new Wire(settings, watchdog, System::nanoTime, LIMIT),
        "",
        "127.0.0.1:" + port,
        Fields.none(),
        true,
        false,
        Optional.empty());
  }
}
