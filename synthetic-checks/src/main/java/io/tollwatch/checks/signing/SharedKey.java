package io.tollwatch.checks.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that merchant and gateway share, and its signatures by HMAC with SHA-256. Thread-safe;
/// does not show itself.
public final class SharedKey {

  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  private SharedKey(SecretKeySpec key) {
    this.key = key;
  }

  /// Reads a key in Base64; empty if it is none.
  public static Optional<SharedKey> of(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.strip());
      return bytes.length == 0
          ? Optional.empty()
          : Optional.of(new SharedKey(new SecretKeySpec(bytes, HMAC)));
    } catch (IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  /// The signature of a text in UTF-8, in Base64.
  String sign(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }

  @Override
  public String toString() {
    return "SharedKey[***]";
  }
}
