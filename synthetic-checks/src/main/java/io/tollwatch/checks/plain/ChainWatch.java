package io.tollwatch.checks.plain;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Lets every chain through, and remembers what calls would have said of it: nothing secret ever
/// goes over such a connection. Confined to one handshake.
final class ChainWatch extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager usual;
  private volatile List<X509Certificate> chain = List.of();
  private volatile @Nullable String refused;

  ChainWatch(X509ExtendedTrustManager usual) {
    this.usual = usual;
  }

  /// What the server sent; empty if it sent none.
  List<X509Certificate> chain() {
    return chain;
  }

  /// Why calls would refuse it.
  Optional<String> refused() {
    return Optional.ofNullable(refused);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type, Socket socket) {
    chain = List.of(sent);
    try {
      usual.checkServerTrusted(sent, type);
    } catch (CertificateException e) {
      refused = why(e);
      return;
    }
    try {
      usual.checkServerTrusted(sent, type, socket);
    } catch (CertificateException e) {
      refused = "it is for other names: " + e.getMessage();
    }
  }

  private String why(CertificateException trouble) {
    for (Throwable each = trouble; each != null; each = each.getCause()) {
      if (each instanceof CertPathValidatorException path) {
        return "calls would refuse it: " + path.getMessage();
      }
    }
    X509Certificate last = chain.getLast();
    boolean selfSigned = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
    return (selfSigned
            ? "signed by itself, and not trusted: "
            : "its issuer is not trusted, or missing in the chain: ")
        + last.getIssuerX500Principal().getName();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
    throw new IllegalStateException("there is a socket");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] sent, String type) {
    throw new IllegalStateException("there is a socket");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type, Socket socket) {
    throw new IllegalStateException("nobody is served here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type, SSLEngine engine) {
    throw new IllegalStateException("nobody is served here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] sent, String type) {
    throw new IllegalStateException("nobody is served here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}
