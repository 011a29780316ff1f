package io.tollwatch.wire;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.TlsFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// A pooled connection that tells the trip on it about each read and write of plain text. It logs
/// nothing: HttpClient's own wire log would carry card numbers. Confined to the trip that has it,
/// but for [#abort()].
final class TracedConnection extends DefaultManagedHttpClientConnection {

  private static final AtomicLong IDS = new AtomicLong();
  private static final Timeout NO_TIME = Timeout.ofMilliseconds(1);

  private final AtomicReference<@Nullable Trip> trip = new AtomicReference<>();
  private @Nullable TracedStreams streams;
  private boolean used;

  TracedConnection(Http1Config config) {
    super(
        "tollwatch-" + IDS.incrementAndGet(),
        null,
        // without one HttpCore writes a question mark for each byte from 0x80 to 0x9f
        StandardCharsets.ISO_8859_1.newEncoder(),
        config,
        null,
        null,
        (request, connection, input, sent, next) ->
            connection instanceof TracedConnection traced && traced.dataWaits(),
        null,
        null);
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bindTraced(new TracedStreams(socket, trip));
  }

  @Override
  public void bind(SSLSocket tls, Socket socket) throws IOException {
    bindTraced(new TracedStreams(tls, socket, trip));
  }

  private void bindTraced(TracedStreams next) throws IOException {
    streams = next;
    bind(next);
  }

  /// Puts a trip on this connection. Gives whether it had carried one before.
  boolean carry(Trip next) {
    trip.set(next);
    next.travelsOn(this);
    return used;
  }

  /// The trip's answer is complete, or the trip is over.
  void letGo() {
    trip.set(null);
    used = true;
  }

  /// Whether bytes wait to be read that nobody asked for: on an idle connection the rest of an
  /// answer that was longer than it said, while sending an early answer. Waits for nothing.
  boolean dataWaits() {
    TracedStreams current = streams;
    if (current == null || !isOpen()) {
      return false;
    }
    current.probing(true);
    try {
      return isDataAvailable(NO_TIME);
    } catch (IOException e) {
      // a broken connection has nothing to say; the next real read or write tells what is wrong
      return false;
    } finally {
      current.probing(false);
    }
  }

  /// Whether the peer ended its side while something was read.
  boolean sawEnd() {
    TracedStreams current = streams;
    return current != null && current.sawEnd();
  }

  /// Closes it under whoever uses it. Safe from any thread.
  void abort() {
    close(CloseMode.IMMEDIATE);
  }

  ConnectionFacts facts(boolean reused) {
    Optional<String> peer =
        getRemoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
            ? Optional.of(address.getAddress().getHostAddress() + ":" + address.getPort())
            : Optional.empty();
    return new ConnectionFacts(
        peer, reused, Optional.ofNullable(getSSLSession()).flatMap(TracedConnection::tlsFacts));
  }

  private static Optional<TlsFacts> tlsFacts(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates())
          .map(X509Certificate.class::cast)
          .map(certificate -> certificate.getNotAfter().toInstant())
          .min(Comparator.naturalOrder())
          .map(end -> new TlsFacts(session.getProtocol(), session.getCipherSuite(), end));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  protected void onRequestSubmitted(ClassicHttpRequest request) {
    // the parent would log it
  }

  @Override
  protected void onResponseReceived(ClassicHttpResponse response) {
    // the parent would log it
  }
}
