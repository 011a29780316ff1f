package io.tollwatch.proxy.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int PIECE = 1 << 16;

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
    Mac mac = begun(id, at);
    mac.update(body);
    return ended(mac);
  }

  /// The same for a body in a file, however long.
  ///
  /// @throws IOException if it can't be read
  public String of(String id, Instant at, Path body) throws IOException {
    Mac mac = begun(id, at);
    try (InputStream in = Files.newInputStream(body)) {
      byte[] some = new byte[PIECE];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        mac.update(some, 0, read);
      }
    }
    return ended(mac);
  }

  private Mac begun(String id, Instant at) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  private static String ended(Mac mac) {
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
  }
}
