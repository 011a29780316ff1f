package io.tollwatch.checks.signing;

import io.tollwatch.checks.message.Draft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/// Signs as CyberSource's REST API wants it (HTTP Signature with a shared key): host, date, method
/// and target, digest of the body if there is one, merchant. Immutable.
///
/// @param host the gateway's, as the `Host` field says it
/// @param merchant the merchant's id
/// @param keyId the key's id
/// @param key the shared key
public record CyberSourceSigner(String host, String merchant, String keyId, SharedKey key)
    implements Signer {

  @Override
  public Draft sign(Draft draft, Instant now, String nonce) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    String target = draft.method().toLowerCase(Locale.ROOT) + " " + draft.target();
    String names = "host date (request-target)";
    StringBuilder signed =
        new StringBuilder("host: " + host)
            .append("\ndate: " + date)
            .append("\n(request-target): " + target);
    Draft dated = draft.with("Date", date).with("v-c-merchant-id", merchant);
    if (draft.content().isPresent()) {
      String digest = "SHA-256=" + sha256(draft.content().get());
      signed.append("\ndigest: " + digest);
      names += " digest";
      dated = dated.with("Digest", digest);
    }
    signed.append("\nv-c-merchant-id: " + merchant);
    return dated.with(
        "Signature",
        "keyid=\"%s\", algorithm=\"HmacSHA256\", headers=\"%s v-c-merchant-id\", signature=\"%s\""
            .formatted(keyId, names, key.sign(signed.toString())));
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }
}
