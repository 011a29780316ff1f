package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How payments in doubt are looked up, and what can't move, as the shipped profiles say it.
class LookupTest {

  private static final Profiles PROFILES = Profiles.shipped();

  @Test
  void aTargetIsMadeOfKnownFactsOnly() {
    LookupCall call = PROFILES.byName("stripe").lookup().calls().getFirst();
    assertThat(call.target(Map.of("payment", "pi_1/../x?y")))
        .contains("/v1/payment_intents/pi_1%2F..%2Fx%3Fy");
    assertThat(call.target(Map.of("reference", "o1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, succeeded, SUCCEEDED",
    "200, processing, PENDING",
    "200, canceled, REJECTED",
  })
  void aKnownStateIsEvidence(int status, String state, Money money) {
    assertThat(evidence(status, "{\"id\":\"pi_1\",\"status\":\"%s\"}".formatted(state)))
        .isEqualTo(new Evidence.State(money));
  }

  @ParameterizedTest
  @CsvSource({"200, new_word", "500, succeeded", "404, succeeded", "429, canceled"})
  void anythingElseTeachesNothing(int status, String state) {
    assertThat(evidence(status, "{\"id\":\"pi_1\",\"status\":\"%s\"}".formatted(state)))
        .isEqualTo(new Evidence.Nothing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "canceled canceled | rejected",
        "canceled succeeded | succeeded",
        "canceled processing | pending",
        "processing succeeded new_word | succeeded",
        "canceled new_word | ''",
      })
  void ofSeveralPaymentsUnderOneReferenceATakenOneCounts(String states, String money) {
    String data = "{\"status\":\"" + states.replace(" ", "\"},{\"status\":\"") + "\"}";
    LookupCall search = PROFILES.byName("stripe").lookup().calls().get(1);
    Evidence evidence =
        search.evidence(
            Message.answer(
                200, Fields.none(), Content.ofAnswer("{\"data\":[%s]}".formatted(data))));
    assertThat(evidence)
        .isEqualTo(
            money.isEmpty() ? new Evidence.Nothing() : new Evidence.State(Money.ofWord(money)));
  }

  @Test
  void notFoundIsEvidenceOfItsOwn() {
    LookupCall query = PROFILES.byName("alipay").lookup().calls().getFirst();
    assertThat(
            query.evidence(
                Message.answer(
                    200,
                    Fields.none(),
                    Content.ofAnswer(
                        "{\"alipay_trade_query_response\":{\"code\":\"40004\","
                            + "\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}}"))))
        .isEqualTo(new Evidence.NotFound());
    assertThat(query.signed()).isTrue();
    assertThat(PROFILES.byName("alipay").lookup().absence()).isEmpty();
    assertThat(PROFILES.byName("alipay").lookup().cancel()).isPresent();
    assertThat(PROFILES.byName("adyen").lookup().repeat()).isTrue();
  }

  @Test
  void saysWhatCantMove() {
    assertThat(cannotMove("stripe", Operation.PAY, "source=tok_visa")).contains("SINGLE_USE_TOKEN");
    assertThat(cannotMove("stripe", Operation.PAY, "amount=1&currency=eur")).isEmpty();
    assertThat(cannotMove("stripe", Operation.CAPTURE, "")).contains("OBJECT");
    assertThat(cannotMove("alipay", Operation.PAY, "biz_content=1")).contains("SIGNED");
    assertThat(
            PROFILES
                .byName("adyen")
                .cannotMove(
                    Operation.PAY,
                    Message.request("/v71/payments", Fields.none(), "{\"merchantAccount\":\"A\"}")))
        .contains(Immovable.Why.ACCOUNT);
  }

  @Test
  void anOperationMayHaveAKeyOfItsOwn() {
    Idempotency alipay = PROFILES.byName("alipay").idempotency();
    assertThat(alipay.key(Operation.REFUND)).contains(Place.of("$..out_request_no"));
    assertThat(alipay.key(Operation.PAY)).isEqualTo(alipay.key());
    assertThat(alipay.proven()).isTrue();
    assertThat(PROFILES.byName("stripe").idempotency().replaysServerErrors()).contains(true);
  }

  private static Optional<String> cannotMove(String profile, Operation operation, String form) {
    Fields fields = Fields.of("Content-Type", "application/x-www-form-urlencoded");
    return PROFILES
        .byName(profile)
        .cannotMove(operation, Message.request("/v1/payment_intents", fields, form))
        .map(Enum::name);
  }

  private static Evidence evidence(int status, String body) {
    LookupCall call = PROFILES.byName("stripe").lookup().calls().getFirst();
    return call.evidence(Message.answer(status, Fields.none(), Content.ofAnswer(body)));
  }
}
