package io.tollwatch.proxy.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// What a TLS listener is opened with. The context is thread-safe.
///
/// Both parts belong together: a context can verify client certificates but not demand them, that
/// is what the parameters do.
///
/// @param context presents the listener's certificate and renews it by itself
/// @param demandsClientCertificate whether callers without a certificate are refused
public record ListenerTls(SSLContext context, boolean demandsClientCertificate) {

  /// To be set on every server socket or engine of the listener; a new object each time.
  public SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setNeedClientAuth(demandsClientCertificate);
    return parameters;
  }
}
