package io.tollwatch.redaction;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Published test card numbers, and messages as gateways send them.
final class Gateway {

  static final List<String> CARDS =
      List.of(
          "4242424242424242",
          "4000056655665556",
          "4111111111111111",
          "4222222222222",
          "5555555555554444",
          "5200828282828210",
          "2223003122003222",
          "378282246310005",
          "371449635398431",
          "6011111111111117",
          "3056930009020004",
          "36227206271667",
          "3566002020360505",
          "3530111333300000",
          "6200000000000005",
          "6205500000000000004");

  static final List<String> SECURITY_CODE_NAMES =
      List.of(
          "cvc",
          "cvv",
          "CVV2",
          "cvc2",
          "cid",
          "csc",
          "securityCode",
          "security_code",
          "encryptedSecurityCode",
          "verification_value",
          "cardCode",
          "card-verification-value",
          "cvNumber",
          "cvn",
          "cvdValue");

  private Gateway() {}

  static Redactor redactor() {
    return new Redactor(Secrets.common(), 65_536);
  }

  static Fields type(String contentType) {
    return Fields.of("Content-Type", contentType);
  }

  static CapturedBody whole(String text) {
    return whole(text.getBytes(StandardCharsets.UTF_8));
  }

  static CapturedBody whole(byte[] bytes) {
    return new CapturedBody(bytes, bytes.length, true);
  }

  static CapturedBody cut(byte[] bytes, int at) {
    return new CapturedBody(Arrays.copyOf(bytes, at), bytes.length, false);
  }

  static String kept(String contentType, String body) {
    return redactor().body(whole(body), type(contentType)).text();
  }

  /// Whether a text shows more of a card number than BIN and last four: seven digits from its front
  /// on or five up to its end, whatever stands between them.
  static boolean shows(String text, String card) {
    String digits = text.replaceAll("([0-9]{6})?\\*{6}[0-9]{4}", "|").replaceAll("[^0-9|]", "");
    return digits.contains(card.substring(0, 7))
        || digits.contains(card.substring(card.length() - 5));
  }
}
