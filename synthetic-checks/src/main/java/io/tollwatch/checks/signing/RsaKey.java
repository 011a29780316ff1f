package io.tollwatch.checks.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// A merchant's private RSA key, and its signatures with SHA-256. Thread-safe; does not show
/// itself.
public final class RsaKey {

  private final PrivateKey key;

  private RsaKey(PrivateKey key) {
    this.key = key;
  }

  /// Reads a key: PKCS#8 in PEM form, or its Base64 alone, as Alipay's tools write it. Empty if it
  /// is none.
  public static Optional<RsaKey> of(String text) {
    String base64 =
        text.replace("-----BEGIN PRIVATE KEY-----", "")
            .replace("-----END PRIVATE KEY-----", "")
            .replaceAll("\\s", "");
    try {
      return Optional.of(
          new RsaKey(
              KeyFactory.getInstance("RSA")
                  .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)))));
    } catch (GeneralSecurityException | IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  /// The signature of a text in UTF-8, in Base64.
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK can do this with an RSA key", e);
    }
  }

  @Override
  public String toString() {
    return "RsaKey[***]";
  }
}
