package io.tollwatch.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed fingerprints (HMAC-SHA-256, 128 bits kept) of what must be recognised but not kept, such
/// as idempotency keys (PCI DSS 4.0, 3.5.1.1 asks for keyed hashes). Thread-safe.
final class Fingerprints {

  private static final int BYTES = 16;

  private final SecretKeySpec key;

  /// @param key random and known to this process only
  Fingerprints(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  String of(String scope, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(scope.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] digest = mac.doFinal(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
