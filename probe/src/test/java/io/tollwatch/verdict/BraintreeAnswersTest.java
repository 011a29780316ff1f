package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Braintree means where one code alone does not say it: a refusal in XML that several codes
/// explain, a settlement that is declined late, and no key that would protect a repeat.
class BraintreeAnswersTest {

  @Test
  void aBraintreeDeclineStandsInsideAnErrorAndTheIssuersWordLeads() {
    Verdict verdict = judge("braintree", PAY, 422, refused("processor_declined", "2046", "", "51"));
    assertThat(verdict.rule()).isEqualTo("braintree/network-response-code/51");
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.fault()).isEqualTo(Fault.CUSTOMER);
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.gateway().message()).contains("No");
    // the network explains a decline, but only the processor's own code is the truth of it
    assertThat(verdict.trail().finalSource()).isEmpty();
    Verdict own = judge("braintree", PAY, 422, refused("processor_declined", "2004", "", ""));
    assertThat(own.rule()).isEqualTo("braintree/processor-response-code/2004");
    assertThat(own.trail().finalSource()).isPresent();
    for (String status : new String[] {"failed", "settlement_declined"}) {
      Verdict other = judge("braintree", PAY, 422, refused(status, "2004", "", ""));
      assertThat(other.trail().finalSource()).as(status).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gateway_rejected, 1000, cvv, customer_input, rejected",
    "gateway_rejected, 1000, duplicate, state_conflict, in_doubt",
    "gateway_rejected, 1000, new_reason, unknown, in_doubt",
    "gateway_rejected, '', '', fraud_block, rejected",
    "processor_declined, 2016, '', state_conflict, in_doubt",
    "processor_declined, 2999, '', decline_soft, rejected",
    "failed, 3000, '', downstream_unavailable, in_doubt",
    "failed, '', '', provider_error, in_doubt",
    "settlement_declined, 1000, '', unknown, in_doubt",
    "settlement_declined, '', '', decline_soft, rejected",
    "authorized, 1000, '', unknown, in_doubt",
  })
  void aRefusedBraintreeTransactionSaysWhy(
      String status, String processor, String reason, String category, String money) {
    Verdict verdict = judge("braintree", PAY, 422, refused(status, processor, reason, ""));
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.slaFault()).isEqualTo(status.equals("failed"));
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aDuplicateAtTheProcessorIsInDoubtWhateverTheNetworkSaid() {
    Verdict verdict = judge("braintree", PAY, 422, refused("processor_declined", "2016", "", "05"));
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.rule()).isEqualTo("braintree/processor-response-code/2016");
  }

  @Test
  void aBraintreeSettlementThatIsDeclinedLateIsNoSuccessAndNotFinal() {
    assertThat(judge("braintree", PAY, 201, transaction("settling", "1000")).money())
        .isEqualTo(Money.SUCCEEDED);
    Verdict late = judge("braintree", PAY, 201, transaction("settlement_declined", "1000"));
    assertThat(late.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(late.money()).isEqualTo(Money.REJECTED);
    assertThat(late.trail().finalSource()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "authorized, 1000, succeeded",
    "authorized, 2000, in_doubt",
    "dreaming, 1000, in_doubt"
  })
  void aBraintreeSuccessNeedsItsStatusAndItsCode(String status, String processor, String money) {
    assertThat(judge("braintree", PAY, 201, transaction(status, processor)).money().word())
        .isEqualTo(money);
  }

  @Test
  void ofSeveralBraintreeErrorsTheGravestLeads() {
    String errors =
        "<api-error-response><errors><transaction><errors type=\"array\"><error><code>81502</code>"
            + "</error><error><code>91564</code></error></errors><credit-card><errors type=\"array\">"
            + "<error><code>81715</code></error></errors></credit-card></transaction></errors>"
            + "<message>No</message></api-error-response>";
    Verdict verdict = judge("braintree", PAY, 422, errors);
    assertThat(verdict.rule()).isEqualTo("braintree/error/91564");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Bad gateway</html>", "<api-error-response/>"})
  void withoutAKeyABraintreeServerErrorIsNeverRepeated(String body) {
    Verdict verdict = judge("braintree", PAY, 500, body);
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
  }

  @Test
  void aBraintreeRefusalIsBelievedFromBraintreeOnly() {
    for (String page : new String[] {"<html>Blocked</html>", "<api-error-response>", "{}"}) {
      Verdict verdict = judge("braintree", PAY, 401, page);
      assertThat(verdict.trail().finalSource()).as(page).isEmpty();
    }
    assertThat(judge("braintree", PAY, 401, "<html>Blocked</html>").money())
        .isEqualTo(Money.IN_DOUBT);
  }

  /// Why, in the words of the processor that settles.
  @ParameterizedTest
  @CsvSource({
    "4001, decline_soft, rejected",
    "4002, pending, pending",
    "4003, state_conflict, in_doubt",
    "4005, fraud_block, rejected",
    "4025, decline_hard, rejected",
    "4999, decline_soft, rejected",
  })
  void aBraintreeSettlementSaysWhyItWasDeclined(String code, String category, String money) {
    String body =
        transaction("settlement_declined", "1000")
            .replace(
                "</transaction>",
                "<processor-settlement-response-code>%s</processor-settlement-response-code></transaction>"
                    .formatted(code));
    Verdict verdict = judge("braintree", PAY, 201, body);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.trail().unmapped().isPresent()).isEqualTo(code.equals("4999"));
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  private static String transaction(String status, String processor) {
    return "<transaction><id>t1</id><status>%s</status><amount>10.00</amount><processor-response-code>%s</processor-response-code></transaction>"
        .formatted(status, processor);
  }

  private static String refused(String status, String processor, String reason, String network) {
    return ("<api-error-response><errors><errors type=\"array\"/></errors><params><transaction>"
            + "<amount>10.00</amount></transaction></params><message>No</message><transaction>"
            + "<id>t1</id><status>%s</status><processor-response-code>%s</processor-response-code>"
            + "<gateway-rejection-reason>%s</gateway-rejection-reason>"
            + "<network-response-code>%s</network-response-code></transaction></api-error-response>")
        .formatted(status, processor, reason, network);
  }
}
