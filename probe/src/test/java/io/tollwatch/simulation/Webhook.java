package io.tollwatch.simulation;

import io.tollwatch.attempt.Fields;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a gateway that writes as Stripe does tells of a payment by itself, signed. Immutable.
record Webhook(Fields fields, String body) {

  private static final String HMAC = "HmacSHA256";

  /// Of a payment whose end is known.
  static Webhook of(Charge charge, Instant now) {
    String body =
        """
        {"id":"evt_a","type":"%s","request":{"idempotency_key":%s},\
        "data":{"object":{"id":"%s","metadata":{%s}}}}\
        """
            .formatted(
                type(charge.state),
                charge.key.map("\"%s\""::formatted).orElse("null"),
                charge.id,
                charge.reference.map("\"order_id\":\"%s\""::formatted).orElse(""));
    long at = now.getEpochSecond();
    return new Webhook(
        Fields.of("Stripe-Signature", "t=%d,v1=%s".formatted(at, signed(at + "." + body))), body);
  }

  private static String type(Charge.State state) {
    return switch (state) {
      case TAKEN, TO_BE_TAKEN -> "payment_intent.succeeded";
      case TO_FAIL -> "payment_intent.canceled";
      case HELD, FAILED, UNDONE -> "payment_intent.payment_failed";
    };
  }

  private static String signed(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Sidecar.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
