package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.CAPTURE;
import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Checkout.com means where one code alone does not say it: a 201 that is approved or not,
/// words that contradict each other, and what comes later.
class CheckoutAnswersTest {

  @ParameterizedTest
  @CsvSource({
    "false, Declined, 20051, rejected",
    "false, Declined, 20068, in_doubt",
    "false, Declined, 99999, rejected",
    // Checkout.com pays it later by itself
    "false, Retry Scheduled, 20051, pending",
    "false, Pending, 20051, pending",
    "true, Authorized, 10000, succeeded",
    // two words that contradict each other
    "true, Authorized, 20051, in_doubt",
    "true, Declined, 10000, in_doubt",
    "false, Authorized, 10000, in_doubt",
    "true, Dreaming, 10000, in_doubt",
  })
  void aCheckoutPaymentThatWasAskedForIsA201ApprovedOrNot(
      boolean approved, String status, String code, String money) {
    Verdict verdict = judge("checkout-com", PAY, 201, payment(approved, status, code));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.trail().finalSource().isPresent())
        .isEqualTo(money.equals("rejected") && code.equals("20051"));
  }

  @Test
  void aCheckoutRedirectIsPending() {
    String body =
        "{\"id\":\"pay_1\",\"status\":\"Pending\",\"_links\":{\"redirect\":{\"href\":\"x\"}}}";
    Verdict verdict = judge("checkout-com", PAY, 202, body);
    assertThat(verdict.category()).isEqualTo(Category.PENDING);
    assertThat(verdict.money()).isEqualTo(Money.PENDING);
    assertThat(judge("checkout-com", CAPTURE, 202, "{\"action_id\":\"act_1\"}").money())
        .isEqualTo(Money.PENDING);
    assertThat(judge("checkout-com", CAPTURE, 202, "{}").money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge("checkout-com", PAY, 202, "{\"action_id\":\"act_1\"}").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void aCheckoutTokenThatIsUsedHintsAtAnEarlierPayment() {
    String body =
        "{\"request_id\":\"r1\",\"error_type\":\"request_invalid\","
            + "\"error_codes\":[\"card_number_invalid\",\"token_used\"]}";
    Verdict verdict = judge("checkout-com", PAY, 422, body);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("checkout-com/error_codes/token_used");
    assertThat(verdict.gateway().requestId()).contains("r1");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aCheckoutServerErrorIsNotRepeatedSinceItsKeyIsNotKept(int status) {
    Verdict verdict = judge("checkout-com", PAY, status, "");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  private static String payment(boolean approved, String status, String code) {
    return ("{\"id\":\"pay_1\",\"action_id\":\"act_1\",\"amount\":1000,\"currency\":\"EUR\","
            + "\"approved\":%s,\"status\":\"%s\",\"response_code\":\"%s\"}")
        .formatted(approved, status, code);
  }
}
