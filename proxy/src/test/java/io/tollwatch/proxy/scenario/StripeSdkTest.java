package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stripe's own library, pointed at the sidecar by nothing but its base URL: what it sees, what the
/// gateway booked, what the ledger judged.
class StripeSdkTest {

  @TempDir private static Path folder;
  private static MoneyRig rig;

  @BeforeAll
  static void start() {
    rig = MoneyRig.start(folder, "response-timeout: 1s");
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void quiet() {
    rig.stripe.faults().clear();
    rig.stripe.book().clear();
  }

  @Test
  void chargesQueriesAndRefunds() throws StripeException {
    StripeClient stripe = client(0);

    PaymentIntent paid = stripe.v1().paymentIntents().create(order("sdk-1", "pm_card_visa"));
    assertThat(paid.getStatus()).isEqualTo("succeeded");
    Exchange pay = rig.last();
    assertThat(pay.intent().operation()).isEqualTo(Operation.PAY);
    assertThat(pay.intent().correlation().reference()).hasValue("sdk-1");
    assertThat(pay.intent().correlation().idempotencyKey()).isPresent();
    assertThat(judged(pay, Category.SUCCEEDED, Money.SUCCEEDED).verdict().gateway().requestId())
        .hasValue(paid.getLastResponse().requestId());

    PaymentIntent queried = stripe.v1().paymentIntents().retrieve(paid.getId());
    assertThat(queried.getStatus()).isEqualTo("succeeded");
    assertThat(rig.last().intent().operation()).isEqualTo(Operation.QUERY);
    judged(rig.last(), Category.SUCCEEDED, Money.NONE);

    var refund =
        stripe
            .v1()
            .refunds()
            .create(RefundCreateParams.builder().setPaymentIntent(paid.getId()).build());
    assertThat(refund.getStatus()).isEqualTo("succeeded");
    assertThat(rig.last().intent().operation()).isEqualTo(Operation.REFUND);
    judged(rig.last(), Category.SUCCEEDED, Money.SUCCEEDED);

    assertThat(rig.stripe.book().charges("sdk-1")).hasSize(1);
    assertThat(rig.stripe.book().refunds()).hasSize(1);
  }

  @Test
  void aDeclineIsTheGatewaysAnswer() {
    CardException declined =
        catchThrowableOfType(
            CardException.class,
            () ->
                client(0)
                    .v1()
                    .paymentIntents()
                    .create(order("sdk-2", "pm_card_chargeDeclinedInsufficientFunds")));

    assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds");
    assertThat(rig.stripe.book().charges()).isEmpty();
    Outcome outcome = judged(rig.last(), Category.DECLINE_SOFT, Money.REJECTED);
    assertThat(outcome.verdict().gateway().code()).hasValue("insufficient_funds");
    assertThat(outcome.verdict().gateway().requestId()).hasValue(declined.getRequestId());
  }

  @Test
  void anIdempotentRepeatIsOneChargeAndTwoLinkedExchanges() throws StripeException {
    RequestOptions sameKey = RequestOptions.builder().setIdempotencyKey("sdk-key-3").build();
    var intents = client(0).v1().paymentIntents();

    PaymentIntent first = intents.create(order("sdk-3", "pm_card_visa"), sameKey);
    PaymentIntent again = intents.create(order("sdk-3", "pm_card_visa"), sameKey);

    assertThat(again.getId()).isEqualTo(first.getId());
    assertThat(rig.stripe.book().charges("sdk-3")).hasSize(1);
    List<Exchange> both = of("sdk-3");
    assertThat(both).hasSize(2);
    assertThat(both.get(0).intent().repeatOf()).hasValue(both.get(1).id());
    assertThat(both.get(1).intent().repeatOf()).isEmpty();
    both.forEach(each -> judged(each, Category.SUCCEEDED, Money.SUCCEEDED));
  }

  @Test
  void aTimeoutIsToldAndInDoubtAlthoughItWasBooked() {
    rig.stripe.faults().next(Fault.stall().at(Moment.ANSWERED));

    StripeException lost =
        catchThrowableOfType(
            StripeException.class,
            () -> client(0).v1().paymentIntents().create(order("sdk-4", "pm_card_visa")));

    assertThat(lost.getStatusCode()).isEqualTo(504);
    assertThat(rig.stripe.book().charges("sdk-4")).hasSize(1);
    judged(rig.last(), Category.ANSWER_LOST, Money.IN_DOUBT);
  }

  /// The library repeats by itself after 5xx, with the key that it made: harmless at Stripe, and
  /// seen as what it is.
  @Test
  void theLibrarysOwnRepeatAfterALostAnswerChargesOnce() throws StripeException {
    rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));

    PaymentIntent paid = client(2).v1().paymentIntents().create(order("sdk-5", "pm_card_visa"));

    assertThat(paid.getStatus()).isEqualTo("succeeded");
    assertThat(rig.stripe.book().charges("sdk-5")).hasSize(1);
    List<Exchange> both = of("sdk-5");
    assertThat(both).hasSize(2);
    judged(both.get(1), Category.ANSWER_LOST, Money.IN_DOUBT);
    judged(both.get(0), Category.SUCCEEDED, Money.SUCCEEDED);
    assertThat(both.get(0).intent().repeatOf()).hasValue(both.get(1).id());
  }

  private static StripeClient client(int retries) {
    return StripeClient.builder()
        .setApiKey("sk_test_stripelibrary")
        .setApiBase(rig.url("stripe"))
        .setMaxNetworkRetries(retries)
        .build();
  }

  private static PaymentIntentCreateParams order(String reference, String card) {
    return PaymentIntentCreateParams.builder()
        .setAmount(1000L)
        .setCurrency("eur")
        .setConfirm(true)
        .setPaymentMethod(card)
        .putMetadata("order_id", reference)
        .build();
  }

  private static List<Exchange> of(String reference) {
    return rig.exchanges().stream()
        .filter(
            each -> each.intent().correlation().reference().filter(reference::equals).isPresent())
        .toList();
  }

  private static Outcome judged(Exchange exchange, Category category, Money money) {
    Outcome outcome = exchange.outcome().orElseThrow();
    assertThat(outcome.verdict().category()).isEqualTo(category);
    assertThat(outcome.verdict().money()).isEqualTo(money);
    return outcome;
  }
}
