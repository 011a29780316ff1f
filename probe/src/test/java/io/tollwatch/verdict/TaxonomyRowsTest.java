package io.tollwatch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Operation;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Holds the classifier with the shipped tables against the collected facts, row by row. The
/// `*-rows.csv` files are a copy of those facts; the tables were filled from the same facts, so
/// this finds rows that are lost, shadowed, misread or changed since, not facts that were collected
/// wrong.
class TaxonomyRowsTest {

  private static final Profiles PROFILES = Profiles.shipped();
  private static final Classifier CLASSIFIER = Classifier.shipped();
  private static final Call PAY = new Call(Operation.PAY, true);

  /// Rows whose codes say that the provider is unusable from here, though it is not guilty.
  private static final Set<String> OUR_KEYS =
      Set.of(
          "api_key_expired",
          "platform_api_key_expired",
          "000",
          "010",
          "10",
          "901",
          "isv.invalid-signature",
          "isv.invalid-app-id");

  @ParameterizedTest
  @CsvFileSource(
      resources = "/io/tollwatch/verdict/stripe-rows.csv",
      useHeadersInDisplayName = true)
  void stripe(
      String where,
      String code,
      String http,
      String category,
      String fault,
      String money,
      boolean counts,
      String action) {
    String body =
        switch (where) {
          case "$.error.decline_code" ->
              error(
                  "\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"%s\"",
                  code);
          case "$.error.code" -> error("\"type\":\"new_type\",\"code\":\"%s\"", code);
          case "$.error.type" -> error("\"type\":\"%s\"", code);
          default ->
              """
              {"id":"pi_1","object":"payment_intent","amount":2000,"currency":"eur",
               "status":"%s","last_payment_error":{"type":"card_error"}}\
              """
                  .formatted(code);
        };
    for (String status : http.split(" ", -1)) {
      if (code.equals("invalid_request_error") && Set.of("401", "403").contains(status)) {
        continue; // a key that is refused has only this type: our keys, not our request
      }
      Verdict verdict = judge("stripe", Integer.parseInt(status), Fields.none(), body);
      check(verdict, "stripe" + name(where) + code, category, fault, money, counts, action, code);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/tollwatch/verdict/adyen-rows.csv", useHeadersInDisplayName = true)
  void adyen(
      String where,
      String code,
      String http,
      String category,
      String fault,
      String money,
      boolean counts,
      String action) {
    Fields fields = where.startsWith("header") ? Fields.of("transient-error", code) : Fields.none();
    String body =
        switch (where) {
          case "$.errorCode" ->
              "{\"status\":422,\"errorCode\":\"%s\",\"errorType\":\"validation\"}".formatted(code);
          case "$.refusalReasonCode" ->
              "{\"pspReference\":\"P1\",\"resultCode\":\"%s\",\"refusalReasonCode\":\"%s\"}"
                  .formatted(code.equals("0") ? "Authorised" : "Refused", code);
          case "$.resultCode" -> "{\"pspReference\":\"P1\",\"resultCode\":\"%s\"}".formatted(code);
          default -> "{\"status\":500}";
        };
    for (String status : http.split(" ", -1)) {
      Verdict verdict = judge("adyen", Integer.parseInt(status), fields, body);
      String rule = where.startsWith("header") ? "/transient-error/" : name(where);
      check(verdict, "adyen" + rule + code, category, fault, money, counts, action, code);
    }
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/io/tollwatch/verdict/alipay-rows.csv",
      useHeadersInDisplayName = true)
  void alipay(
      String where,
      String code,
      String http,
      String category,
      String fault,
      String money,
      boolean counts,
      String action) {
    String ok = "\"out_trade_no\":\"T1\",\"trade_no\":\"2026\",\"total_amount\":\"88.88\"";
    String body =
        switch (where) {
          case "$.*_response.sub_code" -> pay("\"code\":\"40004\",\"sub_code\":\"" + code + "\"");
          case "$.*_response.code" -> pay("\"code\":\"" + code + "\"," + ok);
          case "$.*_response.trade_status" ->
              pay("\"code\":\"10000\",\"trade_status\":\"" + code + "\"," + ok);
          case "$.result.resultStatus" ->
              "{\"paymentId\":\"1\",\"result\":{\"resultStatus\":\"%s\"}}".formatted(code);
          default -> "{\"result\":{\"resultStatus\":\"F\",\"resultCode\":\"%s\"}}".formatted(code);
        };
    for (String status : http.split(" ", -1)) {
      Verdict verdict = judge("alipay", Integer.parseInt(status), Fields.none(), body);
      assertThat(verdict.rule()).startsWith("alipay/").endsWith("/" + code);
      check(verdict, verdict.rule(), category, fault, money, counts, action, code);
    }
  }

  private static void check(
      Verdict verdict,
      String rule,
      String category,
      String fault,
      String money,
      boolean counts,
      String action,
      String code) {
    assertThat(verdict.rule()).isEqualTo(rule);
    assertThat(verdict.category().word()).isEqualTo(category);
    assertThat(verdict.fault().word()).isEqualTo(fault);
    assertThat(verdict.money().word()).isEqualTo(money);
    assertThat(verdict.action().word()).isEqualTo(action);
    assertThat(verdict.slaFault()).isEqualTo(counts && fault.equals("provider"));
    boolean refused = category.equals("rate_limited") && !code.startsWith("payment_intent");
    boolean ourKeys = category.equals("config_or_auth") && OUR_KEYS.contains(code);
    assertThat(verdict.routingHealth()).isEqualTo(counts || refused || ourKeys);
  }

  private static String name(String where) {
    return "/" + where.substring(where.lastIndexOf('.') + 1) + "/";
  }

  private static String error(String inside, String code) {
    return "{\"error\":{%s}}".formatted(inside.formatted(code));
  }

  private static String pay(String inside) {
    return "{\"alipay_trade_pay_response\":{%s},\"sign\":\"x\"}".formatted(inside);
  }

  private static Verdict judge(String profile, int status, Fields fields, String body) {
    Profile known = PROFILES.byName(profile);
    KeptBody kept = new KeptBody(body, KeptBody.State.WHOLE, body.length());
    return CLASSIFIER.judge(known, PAY, Observation.answered(status, fields, kept));
  }
}
