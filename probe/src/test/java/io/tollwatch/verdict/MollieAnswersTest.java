package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Mollie means where one code alone does not say it: its payments are open when they are
/// made, and a webhook tells how they end.
class MollieAnswersTest {

  @ParameterizedTest
  @CsvSource({
    "open, pending, customer_action_required",
    "pending, pending, pending",
    "authorized, succeeded, succeeded",
    "paid, succeeded, succeeded",
    "failed, rejected, decline_soft",
    "expired, rejected, customer_cancelled",
    "new_word, in_doubt, unknown",
  })
  void aMolliePaymentThatWasMadeIsNearlyNeverItsResult(
      String status, String money, String category) {
    Verdict verdict = judge("mollie", PAY, 201, molliePayment(status, ""));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aMollieReasonIsBelievedBesideAFailedPaymentOnly() {
    Verdict failed = judge("mollie", PAY, 201, molliePayment("failed", "insufficient_funds"));
    assertThat(failed.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(failed.trail().finalSource()).isPresent();
    Verdict again = judge("mollie", PAY, 201, molliePayment("failed", "invalid_pin"));
    assertThat(again.money()).isEqualTo(Money.REJECTED);
    assertThat(again.trail().finalSource()).isEmpty();
    Verdict open = judge("mollie", PAY, 201, molliePayment("open", "insufficient_funds"));
    assertThat(open.money()).isEqualTo(Money.PENDING);
    Verdict paid = judge("mollie", PAY, 201, molliePayment("paid", "insufficient_funds"));
    assertThat(paid.money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void anotherMollieObjectIsNoPayment() {
    String link = molliePayment("paid", "").replace("\"payment\"", "\"payment-link\"");
    assertThat(judge("mollie", PAY, 201, link).money()).isEqualTo(Money.IN_DOUBT);
    String nothing = "{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"paid\"}";
    assertThat(judge("mollie", PAY, 201, nothing).money()).isEqualTo(Money.IN_DOUBT);
  }

  private static String molliePayment(String status, String reason) {
    return ("{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"%s\","
            + "\"amount\":{\"currency\":\"EUR\",\"value\":\"10.00\"}%s}")
        .formatted(
            status,
            reason.isEmpty() ? "" : ",\"statusReason\":{\"code\":\"%s\"}".formatted(reason));
  }
}
