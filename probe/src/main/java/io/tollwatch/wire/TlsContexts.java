package io.tollwatch.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Makes the TLS contexts of providers from PEM files.
public final class TlsContexts {

  private TlsContexts() {}

  /// A client certificate and its key.
  ///
  /// @param chain PEM, our certificate first
  /// @param key PEM, PKCS#8, unencrypted
  public record ClientCertificate(Path chain, Path key) {}

  /// A context that trusts the given authorities only, or the Java runtime's where none are given.
  ///
  /// @throws IOException if a file can't be read
  /// @throws GeneralSecurityException if a file does not hold what it should
  public static SSLContext of(Optional<Path> trust, Optional<ClientCertificate> client)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] trusted = trust.isPresent() ? trustOnly(trust.get()) : null;
    KeyManager[] keys = client.isPresent() ? present(client.get()) : null;
    context.init(keys, trusted, null);
    return context;
  }

  private static TrustManager[] trustOnly(Path pem) throws IOException, GeneralSecurityException {
    KeyStore anchors = emptyStore();
    int i = 0;
    for (Certificate certificate : certificates(pem)) {
      anchors.setCertificateEntry("anchor-" + i++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static KeyManager[] present(ClientCertificate client)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(client.chain()).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(client.key()), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(pem))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey privateKey(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem, StandardCharsets.US_ASCII);
    String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // another algorithm's key
      }
    }
    throw new InvalidKeySpecException(pem + ": not an unencrypted PKCS#8 key");
  }
}
