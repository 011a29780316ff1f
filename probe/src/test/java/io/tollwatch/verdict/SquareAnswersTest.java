package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.REFUND;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.taxonomy.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Square means where one code alone does not say it: several errors in one answer, less taken
/// than was asked, and a tip beside it.
class SquareAnswersTest {

  @ParameterizedTest
  @CsvSource({
    "400, CARD_EXPIRED INSUFFICIENT_FUNDS, rejected, decline_hard",
    "400, CARD_EXPIRED TEMPORARY_ERROR, in_doubt, provider_error",
    "400, CVV_FAILURE SOURCE_USED, in_doubt, state_conflict",
    "400, BRAND_NEW CARD_TOKEN_USED, in_doubt, state_conflict",
    "409, CONFLICT, in_doubt, in_progress_conflict",
    "500, CARD_EXPIRED, in_doubt, decline_hard",
    "200, CARD_EXPIRED, in_doubt, decline_hard",
  })
  void ofSeveralSquareErrorsTheGravestLeads(
      int status, String codes, String money, String category) {
    String errors = "{\"code\":\"" + codes.replace(" ", "\"},{\"code\":\"") + "\"}";
    Verdict verdict = judge("square", PAY, status, "{\"errors\":[%s]}".formatted(errors));
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.trail().finalSource().isPresent()).isEqualTo(money.equals("rejected"));
  }

  /// The issuer may have approved it before Square declined it.
  @ParameterizedTest
  @ValueSource(
      strings = {"GENERIC_DECLINE", "CARD_DECLINED", "CVV_FAILURE", "ADDRESS_VERIFICATION_FAILURE"})
  void aSquareDeclineThatMayLeaveAHoldIsNotFinal(String code) {
    Verdict verdict = judge("square", PAY, 400, "{\"errors\":[{\"code\":\"%s\"}]}".formatted(code));
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void anUnknownSquareErrorFallsToItsFamilyAndIsReported() {
    String body = "{\"errors\":[{\"category\":\"PAYMENT_METHOD_ERROR\",\"code\":\"BRAND_NEW\"}]}";
    Verdict verdict = judge("square", PAY, 402, body);
    assertThat(verdict.rule()).isEqualTo("square/category/PAYMENT_METHOD_ERROR");
    assertThat(verdict.trail().unmapped()).contains("BRAND_NEW");
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void whatSquareTakesIsInDoubtWhereItIsLessThanWasAsked() {
    Verdict verdict =
        askedFor(
            "{\"amount_money\":{\"amount\":3000,\"currency\":\"USD\"}}",
            "{\"payment\":{\"id\":\"p1\",\"status\":\"APPROVED\",\"amount_money\":{\"amount\":1000,"
                + "\"currency\":\"USD\"},\"approved_money\":{\"amount\":1000,\"currency\":\"USD\"}}}");
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.trail().amountDiffers()).isTrue();
  }

  /// What was approved holds the tip too.
  @Test
  void aTipDoesNotMakeSquaresAmountAnother() {
    Verdict verdict =
        askedFor(
            "{\"amount_money\":{\"amount\":200,\"currency\":\"USD\"},"
                + "\"tip_money\":{\"amount\":30,\"currency\":\"USD\"}}",
            "{\"payment\":{\"id\":\"p1\",\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":200,"
                + "\"currency\":\"USD\"},\"tip_money\":{\"amount\":30,\"currency\":\"USD\"},"
                + "\"approved_money\":{\"amount\":230,\"currency\":\"USD\"}}}");
    assertThat(verdict.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(verdict.trail().amountDiffers()).isFalse();
  }

  private static Verdict askedFor(String request, String answer) {
    GatewayFacts facts =
        GatewayFacts.ofRequest(
            Judging.PROFILES.byName("square"), "/v2/payments", "application/json", request);
    return judge("square", PAY.asking(facts), 200, answer);
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, succeeded", "PENDING, pending", "REJECTED, rejected", "NEW, in_doubt"})
  void squareRefundsHaveTheirOwnStatus(String status, String money) {
    String body =
        "{\"refund\":{\"id\":\"r1\",\"status\":\"%s\",\"amount_money\":{\"amount\":1}}}"
            .formatted(status);
    assertThat(judge("square", REFUND, 200, body).money().word()).isEqualTo(money);
  }
}
