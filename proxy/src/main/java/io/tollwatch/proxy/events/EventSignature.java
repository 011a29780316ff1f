package io.tollwatch.proxy.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs events as Standard Webhooks does (standardwebhooks.com): HMAC with SHA-256 over id, time
/// and body. Immutable, thread-safe.
public final class EventSignature {

  private static final String HMAC = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private final SecretKeySpec key;

  /// @param secret `whsec_` and Base64, or any other text, whose characters are then the key
  public EventSignature(String secret) {
    this.key = new SecretKeySpec(bytes(secret), HMAC);
  }

  private static byte[] bytes(String secret) {
    if (secret.startsWith(PREFIX)) {
      try {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        return secret.getBytes(StandardCharsets.UTF_8); // the prefix is part of it
      }
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  /// The value of the field `webhook-signature`.
  String of(String id, Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
