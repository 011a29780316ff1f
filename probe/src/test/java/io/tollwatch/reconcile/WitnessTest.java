package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Relayed webhooks, signed by the test as each gateway's documentation says.
class WitnessTest {

  private static final String SECRET = DoubtRig.SECRET.orElseThrow();

  private DoubtRig rig = new DoubtRig("stripe");

  @AfterEach
  void close() {
    rig.close();
  }

  private void gateway(String profile) {
    rig.close();
    rig = new DoubtRig(profile);
  }

  private Intent doubtful(String key) {
    Intent intent = rig.pay(key, "{}");
    rig.doubts.settled(intent, DoubtRig.lost(intent));
    return intent;
  }

  private Heard hear(String provider, Fields fields, String body) {
    return rig.witness().hear(provider, fields, body).orElseThrow();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(hmac(SECRET.getBytes(StandardCharsets.UTF_8), text));
  }

  private Fields stripe(String body, Duration age) {
    long at = rig.time.now().minus(age).getEpochSecond();
    return Fields.of("Stripe-Signature", "t=" + at + ",v1=00,v1=" + hex(at + "." + body));
  }

  private static String event(String type, String reference) {
    return """
    {"id":"evt_1","type":"%s","data":{"object":{"id":"pi_9","metadata":{"order_id":"%s"}}}}\
    """
        .formatted(type, reference);
  }

  @Test
  void aSignedSuccessSettlesTheDoubt() {
    Intent doubt = doubtful("k1");
    String body = event("payment_intent.succeeded", "order-k1");

    Heard heard = hear("stripe", stripe(body, Duration.ofMinutes(4)), body);

    assertThat(heard.trust()).isEqualTo(Heard.Trust.SIGNED);
    assertThat(heard.settled()).containsExactly(doubt.id());
    assertThat(rig.resolutions)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.by()).isEqualTo(Resolution.By.EVIDENCE);
          assertThat(it.money()).isEqualTo(Money.SUCCEEDED);
          assertThat(it.evidence()).hasValue(heard.exchange());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1,v1=00", "v1=zz", "t=99999999999999,v1=1"})
  void aWrongSignatureSettlesNothing(String signature) {
    doubtful("k1");
    String body = event("payment_intent.succeeded", "order-k1");

    Heard heard = hear("stripe", Fields.of("Stripe-Signature", signature), body);

    assertThat(heard.trust()).isEqualTo(Heard.Trust.UNSIGNED);
    assertThat(rig.resolutions).isEmpty();
  }

  @Test
  void anOldOrChangedWebhookSettlesNothing() {
    doubtful("k1");
    String body = event("payment_intent.succeeded", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ofMinutes(6)), body).trust())
        .isEqualTo(Heard.Trust.UNSIGNED);
    assertThat(hear("stripe", stripe(body, Duration.ZERO), body + " ").trust())
        .isEqualTo(Heard.Trust.UNSIGNED);
    assertThat(rig.resolutions).isEmpty();
  }

  @Test
  void aFailureThatNamesTheReferenceOnlyMayBeOfAnEarlierAttempt() {
    doubtful("k1");
    String body = event("payment_intent.canceled", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled()).isEmpty();
  }

  @Test
  void aFailureThatNamesTheGatewaysIdProvesIt() {
    Intent doubt = rig.known(rig.pay("k1", ""), "pi_9");
    rig.doubts.settled(doubt, DoubtRig.lost(doubt));
    String body = event("payment_intent.canceled", "another");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled())
        .containsExactly(doubt.id());
    assertThat(rig.resolutions).extracting(Resolution::money).containsExactly(Money.REJECTED);
  }

  /// Later it may be of another payment with that key, which the gateway has forgotten.
  @ParameterizedTest
  @CsvSource({"23, true", "25, false"})
  void aFailureThatNamesTheKeyProvesItWithinTheLifeOfTheKey(int hours, boolean proven) {
    Intent first = doubtful("k1");
    rig.time.advance(Duration.ofHours(hours));
    Intent repeat = doubtful("k1");
    String body =
        """
        {"type":"payment_intent.canceled","request":{"idempotency_key":"k1"},\
        "data":{"object":{"id":"pi_9"}}}\
        """;

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled())
        .hasSize(proven ? 2 : 0)
        .isSubsetOf(first.id(), repeat.id());
  }

  @Test
  void anEventOfAPaymentSettlesItsRepeatsWithTheSameKeyToo() {
    Intent first = rig.known(rig.pay("k1", "{}"), "pi_9");
    rig.doubts.settled(first, DoubtRig.lost(first));
    Intent repeat = doubtful("k1");
    doubtful("k2");
    String body =
        """
        {"type":"payment_intent.succeeded","request":{"idempotency_key":"k1"},\
        "data":{"object":{"id":"pi_9"}}}\
        """;

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled())
        .containsExactlyInAnyOrder(first.id(), repeat.id());
  }

  @Test
  void anEventOfAnotherPaymentWithTheSameReferenceProvesNothing() {
    Intent doubt = rig.known(rig.pay("k1", "{}"), "pi_8");
    rig.doubts.settled(doubt, DoubtRig.lost(doubt));
    String body = event("payment_intent.succeeded", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled()).isEmpty();
  }

  @Test
  void aReferenceOfTwoPaymentsProvesNeither() {
    doubtful("k1");
    Intent second = rig.withReference(rig.pay("k2", "{}"), "order-k1");
    rig.doubts.settled(second, DoubtRig.lost(second));
    String body = event("payment_intent.succeeded", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled()).isEmpty();
  }

  @Test
  void theRepeatOfAPaymentUnderItsKeyIsNoOtherPayment() {
    Intent first = doubtful("k1");
    Intent again = doubtful("k1");
    String body = event("payment_intent.succeeded", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled())
        .containsExactlyInAnyOrder(first.id(), again.id());
  }

  @Test
  void paymentsWithoutKeysUnderOneReferenceAreTwo() {
    for (int i = 0; i < 2; i++) {
      Intent keyless = rig.withoutKey(rig.pay("k1", "{}"));
      rig.doubts.settled(keyless, DoubtRig.lost(keyless));
    }
    String body = event("payment_intent.succeeded", "order-k1");

    assertThat(hear("stripe", stripe(body, Duration.ZERO), body).settled()).isEmpty();
  }

  @Test
  void adyenSignsEachEvent() {
    gateway("adyen");
    Intent doubt = doubtful("k1");
    String payload = "7914073381342284::Shop:order-k1:1000:EUR:AUTHORISATION:true";
    String signature =
        Base64.getEncoder().encodeToString(hmac(HexFormat.of().parseHex(SECRET), payload));

    assertThat(hear("adyen", Fields.none(), adyen(signature, "order-k1")).settled())
        .containsExactly(doubt.id());
    assertThat(hear("adyen", Fields.none(), adyen(signature, "order-k2")).trust())
        .isEqualTo(Heard.Trust.UNSIGNED);
  }

  private static String adyen(String signature, String reference) {
    return """
    {"live":"false","notificationItems":[{"NotificationRequestItem":{
    "additionalData":{"hmacSignature":"%s"},"amount":{"currency":"EUR","value":1000},
    "eventCode":"AUTHORISATION","merchantAccountCode":"Shop","merchantReference":"%s",
    "pspReference":"7914073381342284","success":"true"}}]}
    """
        .formatted(signature, reference);
  }

  @Test
  void othersSignTheBody() {
    gateway("checkout-com");
    Intent doubt = doubtful("k1");
    String body =
        "{\"type\":\"payment_approved\",\"data\":{\"id\":\"pay_1\",\"reference\":\"order-k1\"}}";

    assertThat(hear("checkout-com", Fields.of("Cko-Signature", hex(body)), body).settled())
        .containsExactly(doubt.id());
  }
}
