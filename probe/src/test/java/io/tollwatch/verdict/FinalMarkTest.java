package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.CAPTURE;
import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.REFUND;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.taxonomy.Money;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// P1: what may let a payment go to another provider. A mark holds only for an answer that says
/// nothing but what is marked, with a status that the gateway documents for it.
class FinalMarkTest {

  private static final String STRIPE =
      "{\"error\":{\"type\":\"card_error\",\"code\":\"%s\",\"decline_code\":\"%s\"}}";

  @ParameterizedTest
  @CsvSource({
    "CARD_EXPIRED, true",
    "CARD_EXPIRED INSUFFICIENT_FUNDS, true",
    // a check after the issuer's approval, which may have left a hold
    "CARD_EXPIRED CVV_FAILURE, false",
    "CVV_FAILURE CARD_EXPIRED, false",
    "CARD_EXPIRED BRAND_NEW, false",
    "BRAND_NEW CARD_EXPIRED, false",
  })
  void everyCodeOfAnAnswerMustBeFinalAndKnown(String codes, boolean holds) {
    String errors =
        "{\"category\":\"PAYMENT_METHOD_ERROR\",\"code\":\""
            + codes.replace(" ", "\"},{\"category\":\"PAYMENT_METHOD_ERROR\",\"code\":\"")
            + "\"}";
    Verdict verdict = judge("square", PAY, 400, "{\"errors\":[%s]}".formatted(errors));
    assertThat(verdict.money()).isEqualTo(Money.REJECTED);
    assertThat(verdict.trail().finalSource().isPresent()).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "2001, '', true",
    "2001, 51, false",
    "2001, 91, false",
    "2001, 00, false",
    "2001, ZZ, false",
  })
  void aNetworksCodeBesideBraintreesProcessorIsNotFinal(
      String processor, String network, boolean holds) {
    String code =
        network.isEmpty()
            ? ""
            : "<network-response-code>%s</network-response-code>".formatted(network);
    String body =
        "<api-error-response><message>No</message><transaction><id>t1</id>"
            + "<status>processor_declined</status>"
            + "<processor-response-code>%s</processor-response-code>%s".formatted(processor, code)
            + "</transaction></api-error-response>";
    assertThat(judge("braintree", PAY, 422, body).trail().finalSource().isPresent())
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "card_declined, insufficient_funds, true",
    "expired_card, expired_card, true",
    "card_declined, brand_new, false",
    "brand_new, insufficient_funds, false",
    "processing_error, insufficient_funds, false",
    "incorrect_cvc, insufficient_funds, false",
    "duplicate_transaction, insufficient_funds, false",
  })
  void aSummaryThatSaysSomethingElseTakesStripesMarkAway(
      String code, String decline, boolean holds) {
    Verdict verdict = judge("stripe", PAY, 402, STRIPE.formatted(code, decline));
    assertThat(verdict.trail().finalSource().isPresent()).isEqualTo(holds);
  }

  @Test
  void aPaymentThatWentWellInsideARefusalTakesTheMarkAway() {
    String body =
        "{\"errors\":[{\"code\":\"CARD_EXPIRED\"}],\"payment\":{\"id\":\"p1\",\"status\":\"%s\","
            + "\"amount_money\":{\"amount\":1,\"currency\":\"USD\"}}}";
    assertThat(judge("square", PAY, 400, body.formatted("FAILED")).trail().finalSource())
        .isPresent();
    for (String status : new String[] {"APPROVED", "COMPLETED", "PENDING", "BRAND_NEW"}) {
      assertThat(judge("square", PAY, 400, body.formatted(status)).trail().finalSource())
          .as(status)
          .isEmpty();
    }
  }

  @Test
  void onlyAPaymentsRefusalIsFinal() {
    String body = STRIPE.formatted("card_declined", "insufficient_funds");
    assertThat(judge("stripe", CAPTURE, 402, body).trail().finalSource()).isEmpty();
    assertThat(judge("stripe", REFUND, 402, body).trail().finalSource()).isEmpty();
  }

  /// Every marked rule by itself: it holds with its documented statuses, and with no other.
  @TestFactory
  Stream<DynamicTest> aMarkHoldsOnlyWithTheStatusesThatItIsDocumentedFor() {
    return Judging.PROFILES.names().stream()
        .map(Judging.PROFILES::byName)
        .flatMap(profile -> profile.tables().map(table -> Map.entry(profile, table)))
        .flatMap(each ->
            each.getValue().rules().entrySet().stream()
                .filter(rule -> rule.getValue().isFinal())
                .map(rule -> test(each.getKey(), each.getValue(), rule.getKey(), rule.getValue())));
  }

  private static DynamicTest test(Profile profile, CodeTable table, String code, Rule rule) {
    return DynamicTest.dynamicTest(
        table.name() + "/" + code,
        () -> {
          Set<Integer> held = new TreeSet<>();
          IntStream.range(100, 600)
              .filter(status ->
                  judge(profile.name(), PAY, status, body(profile, table, code, status))
                      .trail()
                      .finalSource()
                      .isPresent())
              .forEach(held::add);
          assertThat(held).isNotEmpty().isSubsetOf(rule.http());
          if (table.at() instanceof Place.Status) {
            assertThat(held).containsExactly(Integer.parseInt(code));
          }
        });
  }

  /// An answer with that code.
  private static String body(Profile profile, CodeTable table, String code, int status) {
    return switch (profile.name()) {
      case "stripe" -> STRIPE.formatted("card_declined", code);
      case "square" -> "{\"errors\":[{\"code\":\"%s\"}]}".formatted(code);
      case "mollie" ->
          table.at().name().equals("status")
              ? "{\"status\":%s,\"title\":\"No\"}".formatted(code)
              : ("{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"failed\",\"amount\":"
                      + "{\"value\":\"1.00\",\"currency\":\"EUR\"},\"statusReason\":{\"code\":\"%s\"}}")
                  .formatted(code);
      case "checkout-com" ->
          table.at().name().equals("error_codes")
              ? "{\"error_type\":\"request_invalid\",\"error_codes\":[\"%s\"]}".formatted(code)
              : ("{\"id\":\"pay_1\",\"approved\":false,\"status\":\"Declined\","
                      + "\"response_code\":\"%s\"}")
                  .formatted(code);
      case "paypal" -> paypal(table, code, status);
      case "braintree" -> braintree(table, code);
      default -> throw new AssertionError("no answer for " + table.name());
    };
  }

  private static String paypal(CodeTable table, String code, int status) {
    return switch (table.at().name()) {
      case "name" -> "{\"name\":\"%s\"}".formatted(code);
      case "issue" ->
          "{\"name\":\"INVALID_REQUEST\",\"details\":[{\"issue\":\"%s\"}]}".formatted(code);
      default ->
          ("{\"id\":\"o1\",%s\"status\":\"COMPLETED\",\"purchase_units\":[{\"payments\":{\"captures\":"
                  + "[{\"id\":\"c1\",\"status\":\"DECLINED\",\"processor_response\":"
                  + "{\"response_code\":\"%s\"}}]}}]}")
              .formatted(status == 422 ? "\"name\":\"UNPROCESSABLE_ENTITY\"," : "", code);
    };
  }

  private static String braintree(CodeTable table, String code) {
    return switch (table.at().name()) {
      case "status" -> "<api-error-response><message>No</message></api-error-response>";
      case "code" ->
          "<api-error-response><errors><error><code>%s</code></error></errors></api-error-response>"
              .formatted(code);
      default ->
          ("<api-error-response><transaction><status>processor_declined</status>"
                  + "<processor-response-code>%s</processor-response-code></transaction>"
                  + "</api-error-response>")
              .formatted(code);
    };
  }
}
