package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.CardBrand;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tricky case 15: by which card brand, wallet or bank a payment goes. The words label metrics and
/// name breakers, so they are few and never what a caller wrote.
class RailsTest {

  private static final Profiles PROFILES = Profiles.shipped();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stripe|source[number]=4242424242424242|visa",
        "stripe|card[number]=378282246310005|amex",
        "stripe|payment_method_data[type]=sepa_debit|sepa_debit",
        "stripe|payment_method_data[type]=afterpay_clearpay|afterpay",
        "stripe|payment_method_types[]=ideal|ideal",
        "stripe|payment_method_types[0]=ideal|ideal",
        // of several none was chosen yet, and a card is no rail without its brand
        "stripe|payment_method_types[]=card&payment_method_types[]=ideal|",
        "stripe|payment_method_types[]=ideal&payment_method_types[]=klarna|",
        "stripe|payment_method_types[]=card|",
        "stripe|payment_method=pm_1|",
        "stripe|payment_method_data[type]=brand_new|",
        "stripe|card[number]=4242|",
        "adyen|{\"paymentMethod\":{\"type\":\"scheme\",\"brand\":\"mc\"}}|mastercard",
        "adyen|{\"paymentMethod\":{\"type\":\"scheme\",\"number\":\"5555444433331111\"}}|mastercard",
        "adyen|{\"paymentMethod\":{\"type\":\"applepay\",\"brand\":\"visa\"}}|apple_pay",
        "paypal|{\"payment_source\":{\"card\":{\"number\":\"6011111111111117\"}}}|discover",
        "paypal|{\"payment_source\":{\"paypal\":{\"experience_context\":{}}}}|paypal",
        "square|{\"source_id\":\"CASH\"}|cash",
        "square|{\"source_id\":\"cnon:card-nonce-ok\"}|",
        "checkout-com|{\"source\":{\"type\":\"card\",\"number\":\"3530111333300000\"}}|jcb",
        "checkout-com|{\"source\":{\"type\":\"ideal\"}}|ideal",
        "mollie|{\"method\":\"ideal\"}|ideal",
        "mollie|{\"method\":\"creditcard\"}|",
        "razorpay|{\"method\":\"netbanking\",\"bank\":\"HDFC\"}|hdfc",
        "razorpay|{\"method\":\"upi\"}|upi",
        "braintree|<transaction><credit-card><number>4111 1111 1111 1111</number></credit-card></transaction>|visa",
        "wechatpay|<xml><trade_type>MWEB</trade_type></xml>|h5",
        "alipay|biz_content={\"product_code\":\"QUICK_WAP_WAY\"}|wap",
        "alipay|{\"auth_code\":\"28763443825664394\"}|face_to_face",
        "cybersource|{\"paymentInformation\":{\"card\":{\"type\":\"002\"}}}|mastercard",
        "authorize-net|{\"createTransactionRequest\":{\"transactionRequest\":{\"payment\":{\"creditCard\":{\"cardNumber\":\"6200000000000005\"}}}}}|unionpay",
      })
  void aRequestSaysByWhichRailItGoes(String profile, String body, String rail) {
    String type = body.startsWith("{") || body.startsWith("<") ? JSON : FORM;
    Message request = Message.request("/x", Fields.of("Content-Type", type), body);
    Rails rails = PROFILES.byName(profile).rails();
    assertThat(rails.ofRequest(request).orElse(null)).isEqualTo(rail);
  }

  @Test
  void aPathSaysItToo() {
    Message request = Message.request("/v3/pay/transactions/jsapi", Fields.none(), "{}");
    assertThat(PROFILES.byName("wechatpay").rails().ofRequest(request)).contains("jsapi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stripe|{\"error\":{\"payment_method\":{\"type\":\"card\",\"card\":{\"brand\":\"visa\"}}}}|visa",
        "stripe|{\"payment_method_details\":{\"type\":\"klarna\"}}|klarna",
        "adyen|{\"paymentMethod\":{\"brand\":\"cup\",\"type\":\"scheme\"}}|unionpay",
        "paypal|{\"payment_source\":{\"card\":{\"brand\":\"MASTERCARD\"}}}|mastercard",
        "square|{\"errors\":[],\"payment\":{\"source_type\":\"CARD\",\"card_details\":{\"card\":{\"card_brand\":\"AMERICAN_EXPRESS\"}}}}|amex",
        "checkout-com|{\"source\":{\"type\":\"card\",\"scheme\":\"Visa\"}}|visa",
        "mollie|{\"method\":\"creditcard\",\"details\":{\"cardLabel\":\"American Express\"}}|amex",
        "razorpay|{\"method\":\"card\",\"card\":{\"network\":\"RuPay\"}}|rupay",
        "braintree|<transaction><payment-instrument-type>credit_card</payment-instrument-type><credit-card><card-type>MasterCard</card-type></credit-card></transaction>|mastercard",
        "braintree|<api-error-response><transaction><payment-instrument-type>paypal_account</payment-instrument-type></transaction></api-error-response>|paypal",
        "authorize-net|{\"transactionResponse\":{\"accountType\":\"DinersClub\"}}|diners",
        "stripe|{\"error\":{\"payment_method\":{\"type\":\"brand_new\"}}}|",
      })
  void anAnswerSaysByWhichRailItWent(String profile, String body, String rail) {
    Profile known = PROFILES.byName(profile);
    Message answer = Message.answer(200, Fields.none(), known.content(body));
    assertThat(known.rails().ofAnswer(answer).orElse(null)).isEqualTo(rail);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theWordsAreFewAndOfOneForm(String profile) {
    Set<String> words = PROFILES.byName(profile).rails().words();
    assertThat(words)
        .hasSizeLessThanOrEqualTo(64)
        .allMatch(word -> word.matches("[a-z0-9_]{1,32}"));
  }

  static Set<String> names() {
    return Profiles.shipped().names();
  }

  @ParameterizedTest
  @CsvSource({
    "4242 4242 4242 4242, visa",
    "5555-5555-5555-4444, mastercard",
    "2223003122003222, mastercard",
    "378282246310005, amex",
    "6011111111111117, discover",
    "30569309025904, diners",
    "3566002020360505, jcb",
    "6200000000000005, unionpay",
    "2200000000000004, mir",
    "4242424242424241, ",
    "42, ",
    "4242x, ",
    "'', ",
  })
  void ofACardNumberOnlyItsBrandIsTold(String number, String brand) {
    assertThat(CardBrand.of(number).orElse(null)).isEqualTo(brand);
    if (brand != null) {
      assertThat(CardBrand.ALL).contains(brand);
    }
  }
}
