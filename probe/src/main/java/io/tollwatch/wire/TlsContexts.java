package io.tollwatch.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the TLS contexts of providers.
public final class TlsContexts {

  private TlsContexts() {}

  /// What we show to a provider that asks who we are.
  ///
  /// @param chain our certificate first
  public record Identity(List<X509Certificate> chain, PrivateKey key) {

    public Identity {
      chain = List.copyOf(chain);
    }

    /// Without the key.
    @Override
    public String toString() {
      return "Identity[" + chain.size() + " certificates]";
    }
  }

  /// A context that trusts the given authorities only, or the Java runtime's where none are given.
  ///
  /// @throws IllegalArgumentException if key and certificate can't be used
  public static SSLContext of(List<X509Certificate> trust, Optional<Identity> identity) {
    try {
      return context(trust.isEmpty() ? null : trustOnly(trust), identity);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no TLS context from these certificates", e);
    }
  }

  /// A context that asks somebody else whom to trust.
  ///
  /// @throws IllegalArgumentException if key and certificate can't be used
  public static SSLContext trusting(X509ExtendedTrustManager who, Optional<Identity> identity) {
    try {
      return context(new TrustManager[] {who}, identity);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no TLS context from these certificates", e);
    }
  }

  /// Who says whether a chain is trusted: by the given authorities only, or the Java runtime's
  /// where none are given.
  public static X509ExtendedTrustManager trust(List<X509Certificate> trust) {
    try {
      for (TrustManager each : trust.isEmpty() ? trustOf(null) : trustOnly(trust)) {
        if (each instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
      throw new IllegalStateException("every JDK has one");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no trust from these certificates", e);
    }
  }

  private static SSLContext context(TrustManager @Nullable [] trusted, Optional<Identity> identity)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = identity.isPresent() ? present(identity.get()) : null;
    context.init(keys, trusted, null);
    return context;
  }

  private static TrustManager[] trustOnly(List<X509Certificate> trust)
      throws IOException, GeneralSecurityException {
    KeyStore anchors = emptyStore();
    for (int i = 0; i < trust.size(); i++) {
      anchors.setCertificateEntry("anchor-" + i, trust.get(i));
    }
    return trustOf(anchors);
  }

  private static TrustManager[] trustOf(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static KeyManager[] present(Identity identity)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    Certificate[] chain = identity.chain().toArray(Certificate[]::new);
    store.setKeyEntry("client", identity.key(), new char[0], chain);
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
}
