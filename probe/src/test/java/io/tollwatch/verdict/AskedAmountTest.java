package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static io.tollwatch.verdict.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A success for another amount than was asked is in doubt, so both amounts must be read where they
/// stand: each gateway's answer to a request of its own kind is believed, and doubted once a digit
/// of the request is another. GoCardless is not here, since its payments never succeed at once, nor
/// are Authorize.Net and Razorpay, whose answers name no amount.
class AskedAmountTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  /// @param asked as it stands in the request
  /// @param minor the same in minor units
  record Good(
      String gateway,
      String target,
      String type,
      String request,
      String asked,
      long minor,
      int status,
      String answer) {

    GatewayFacts facts(String amount) {
      Profile profile = Judging.PROFILES.byName(gateway);
      return GatewayFacts.ofRequest(profile, target, type, request.replace("{asked}", amount));
    }

    @Override
    public String toString() {
      return gateway + " " + target;
    }
  }

  private static Stream<Good> good() {
    return Stream.of(
        new Good(
            "stripe",
            "/v1/payment_intents",
            FORM,
            "amount={asked}&currency=eur&confirm=true",
            "2000",
            2_000,
            200,
            "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\",\"status\":\"succeeded\"}"),
        new Good(
            "adyen",
            "/v71/payments",
            JSON,
            "{\"amount\":{\"value\":{asked},\"currency\":\"EUR\"},\"reference\":\"o1\"}",
            "1000",
            1_000,
            200,
            "{\"pspReference\":\"P1\",\"resultCode\":\"Authorised\",\"amount\":{\"value\":1000,\"currency\":\"EUR\"}}"),
        new Good(
            "alipay",
            "/gateway.do?method=alipay.trade.pay",
            FORM,
            "biz_content={\"out_trade_no\":\"T1\",\"total_amount\":\"{asked}\"}",
            "88.88",
            8_888,
            200,
            "{\"alipay_trade_pay_response\":{\"code\":\"10000\",\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"total_amount\":\"88.88\",\"receipt_amount\":\"80.00\",\"buyer_pay_amount\":\"80.00\"}}"),
        new Good(
            "alipay",
            "/v3/alipay/trade/pay",
            JSON,
            "{\"out_trade_no\":\"T1\",\"total_amount\":\"{asked}\"}",
            "88.88",
            8_888,
            200,
            "{\"trade_no\":\"1\",\"out_trade_no\":\"T1\",\"total_amount\":\"88.88\",\"receipt_amount\":\"80.00\",\"gmt_payment\":\"t\"}"),
        new Good(
            "paypal",
            "/v2/checkout/orders",
            JSON,
            "{\"intent\":\"CAPTURE\",\"purchase_units\":[{\"amount\":{\"currency_code\":\"EUR\",\"value\":\"{asked}\"}}]}",
            "10",
            1_000,
            201,
            "{\"id\":\"O1\",\"status\":\"COMPLETED\",\"purchase_units\":[{\"payments\":{\"captures\":[{\"id\":\"C1\",\"status\":\"COMPLETED\",\"amount\":{\"currency_code\":\"EUR\",\"value\":\"10.00\"},\"seller_receivable_breakdown\":{\"net_amount\":{\"currency_code\":\"EUR\",\"value\":\"9.35\"}}}]}}]}"),
        new Good(
            "braintree",
            "/merchants/m1/transactions",
            "application/xml",
            "<transaction><type>sale</type><amount>{asked}</amount><currency-iso-code>EUR</currency-iso-code></transaction>",
            "10",
            1_000,
            201,
            "<transaction><id>t1</id><status>submitted_for_settlement</status><amount>10.00</amount><currency-iso-code>EUR</currency-iso-code><processor-response-code>1000</processor-response-code></transaction>"),
        new Good(
            "square",
            "/v2/payments",
            JSON,
            "{\"source_id\":\"s\",\"amount_money\":{\"amount\":{asked},\"currency\":\"USD\"},\"app_fee_money\":{\"amount\":10,\"currency\":\"USD\"}}",
            "1000",
            1_000,
            200,
            "{\"payment\":{\"id\":\"p1\",\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":1000,\"currency\":\"USD\"},\"app_fee_money\":{\"amount\":10,\"currency\":\"USD\"},\"approved_money\":{\"amount\":1000,\"currency\":\"USD\"}}}"),
        new Good(
            "checkout-com",
            "/payments",
            JSON,
            "{\"amount\":{asked},\"currency\":\"EUR\",\"reference\":\"o1\"}",
            "6540",
            6_540,
            201,
            "{\"id\":\"pay_1\",\"action_id\":\"act_1\",\"amount\":6540,\"currency\":\"EUR\",\"approved\":true,\"status\":\"Authorized\",\"response_code\":\"10000\",\"balances\":{\"total_authorized\":6540,\"available_to_capture\":6540}}"),
        new Good(
            "mollie",
            "/v2/payments",
            JSON,
            "{\"amount\":{\"currency\":\"EUR\",\"value\":\"{asked}\"},\"sequenceType\":\"recurring\"}",
            "10.00",
            1_000,
            201,
            "{\"resource\":\"payment\",\"id\":\"tr_1\",\"amount\":{\"currency\":\"EUR\",\"value\":\"10.00\"},\"settlementAmount\":{\"currency\":\"EUR\",\"value\":\"9.50\"},\"status\":\"paid\"}"),
        new Good(
            "wechatpay",
            "/v3/pay/transactions/codepay",
            JSON,
            "{\"out_trade_no\":\"T1\",\"amount\":{\"total\":{asked}}}",
            "100",
            100,
            200,
            "{\"out_trade_no\":\"T1\",\"transaction_id\":\"42\",\"trade_state\":\"SUCCESS\",\"amount\":{\"total\":100,\"payer_total\":90,\"currency\":\"CNY\"}}"),
        new Good(
            "wechatpay",
            "/pay/micropay",
            "text/xml",
            "<xml><out_trade_no>T1</out_trade_no><total_fee>{asked}</total_fee></xml>",
            "100",
            100,
            200,
            "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><transaction_id>42</transaction_id><out_trade_no>T1</out_trade_no><total_fee>100</total_fee><cash_fee>90</cash_fee><fee_type>CNY</fee_type></xml>"),
        new Good(
            "cybersource",
            "/pts/v2/payments",
            JSON,
            "{\"orderInformation\":{\"amountDetails\":{\"totalAmount\":\"{asked}\",\"currency\":\"USD\"}}}",
            "102.21",
            10_221,
            201,
            "{\"id\":\"1\",\"status\":\"AUTHORIZED\",\"orderInformation\":{\"amountDetails\":{\"totalAmount\":\"102.21\",\"authorizedAmount\":\"102.21\",\"currency\":\"USD\"}}}"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void aPaymentOfTheAmountThatWasAskedIsBelieved(Good good) {
    GatewayFacts asked = good.facts(good.asked());
    assertThat(asked.amountMinor()).isEqualTo(OptionalLong.of(good.minor()));
    Verdict verdict = judge(good.gateway(), PAY.asking(asked), good.status(), good.answer());
    assertThat(verdict.category()).isEqualTo(Category.SUCCEEDED);
    assertThat(verdict.money()).isEqualTo(Money.SUCCEEDED);
    assertThat(verdict.trail().amountDiffers()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("good")
  void aPaymentOfAnotherAmountIsInDoubt(Good good) {
    Call asked = PAY.asking(good.facts("3" + good.asked()));
    Verdict verdict = judge(good.gateway(), asked, good.status(), good.answer());
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
    assertThat(verdict.action()).isEqualTo(Action.RECONCILE);
    assertThat(verdict.trail().amountDiffers()).isTrue();
  }
}
