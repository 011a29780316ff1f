package io.tollwatch.proxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// One TLS connection over loopback between a listener and a client of the JDK, by real sockets.
/// The listener says one byte after the handshake; the client has verified name and chain when it
/// has read it.
final class TlsPeers {

  private static final int PATIENCE_MILLIS = 10_000;

  private TlsPeers() {}

  /// A client that trusts one PEM file only and shows no certificate.
  static SSLContext clientTrusting(Path pem) throws IOException, GeneralSecurityException {
    return clientTrusting(pem, null);
  }

  static SSLContext clientTrusting(Path pem, KeyManager @Nullable [] keys)
      throws IOException, GeneralSecurityException {
    KeyStore anchors = emptyStore();
    anchors.setCertificateEntry("root", certificate(pem));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  static SSLContext serverPresenting(ListenerCertificate certificate)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(showing(certificate), null, null);
    return context;
  }

  static KeyManager[] showing(ListenerCertificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
    store.setKeyEntry("own", certificate.key(), new char[0], chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    byte[] text = Files.readAllBytes(pem);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
  }

  /// Connects under a name.
  ///
  /// @return the certificate that the listener showed
  /// @throws IOException as the client saw it; what the listener saw is suppressed in it
  static X509Certificate connect(ListenerTls listener, SSLContext client, String name)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket server = new ServerSocket(0, 1, loopback)) {
      server.setSoTimeout(PATIENCE_MILLIS);
      Future<Boolean> answered = threads.submit(answerOnce(server, listener));
      try (Socket plain = new Socket(loopback, server.getLocalPort());
          SSLSocket socket =
              (SSLSocket)
                  client
                      .getSocketFactory()
                      .createSocket(plain, name, server.getLocalPort(), true)) {
        plain.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        if (socket.getInputStream().read() < 0) {
          throw new IOException("the listener hung up");
        }
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
      } catch (IOException e) {
        // the client's socket is closed by now, so that the listener ends too
        addListenersReason(e, answered);
        throw e;
      }
    }
  }

  private static void addListenersReason(IOException seenByClient, Future<Boolean> answered) {
    try {
      answered.get();
    } catch (ExecutionException e) {
      seenByClient.addSuppressed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Callable<Boolean> answerOnce(ServerSocket server, ListenerTls listener) {
    return () -> {
      try (Socket accepted = server.accept()) {
        accepted.setSoTimeout(PATIENCE_MILLIS);
        try (Socket secured = listener.over(accepted)) {
          secured.getOutputStream().write('!');
          return true;
        }
      }
    };
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
