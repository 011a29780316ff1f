package io.tollwatch.proxy.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// What a TLS listener is opened with. The context is thread-safe.
///
/// Both parts belong together: a context can verify client certificates but not demand them, that
/// is what the parameters do.
///
/// @param context presents the listener's certificate and renews it by itself
/// @param demandsClientCertificate whether callers without a certificate are refused
public record ListenerTls(SSLContext context, boolean demandsClientCertificate) {

  private static final String[] PROTOCOLS = {"http/1.1"};

  /// Lays TLS over an accepted connection, as its server, and shakes hands.
  ///
  /// @return closing it closes the accepted connection
  /// @throws IOException if the two don't agree, or the caller goes
  public Socket over(Socket accepted) throws IOException {
    SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setNeedClientAuth(demandsClientCertificate);
    parameters.setApplicationProtocols(PROTOCOLS);
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
