package io.tollwatch.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed fingerprints (HMAC-SHA-256, 128 bits kept) of what must be recognised but not kept, such
/// as idempotency keys and cards (PCI DSS 4.0, 3.5.1.1 asks for keyed hashes). Thread-safe.
final class Fingerprints {

  private static final int BYTES = 16;

  /// Calls that make one at the same time: beyond that they make what they need anew.
  private static final int AT_ONCE = 32;

  /// Ready with the key, and only ever copied: to look one up and key it costs more than to use it.
  private final Mac keyed;

  /// Copies that were used, and are as new.
  private final ArrayBlockingQueue<Mac> used = new ArrayBlockingQueue<>(AT_ONCE);

  /// @param key at least 32 bytes, secret: who knows it can try out what was fingerprinted
  Fingerprints(byte[] key) {
    try {
      this.keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /// Fingerprints that mean nothing to another process, nor to this one after a restart.
  static Fingerprints ofThisProcess(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return new Fingerprints(key);
  }

  String of(String scope, String content) {
    return of(scope, content.getBytes(StandardCharsets.UTF_8));
  }

  String of(String scope, byte[] content) {
    Mac known = used.poll();
    Mac mac = known == null ? copy() : known;
    mac.update(scope.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    byte[] digest = mac.doFinal(content);
    boolean _ = used.offer(mac);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own HmacSHA256 can be cloned", e);
    }
  }
}
