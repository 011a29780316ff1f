package io.tollwatch.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.TlsFacts;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// A pooled connection that tells the trip on it about each read and write of plain text. It logs
/// nothing: HttpClient's own wire log would carry card numbers. Confined to the trip that has it,
/// but for [#abort()].
final class TracedConnection extends DefaultManagedHttpClientConnection {

  /// How many interim answers are swallowed before it counts as a broken protocol.
  private static final int INTERIM_HEADS = 16;

  private static final AtomicLong IDS = new AtomicLong();
  private static final Timeout NO_TIME = Timeout.ofMilliseconds(1);

  private final AtomicReference<@Nullable Trip> trip = new AtomicReference<>();
  private @Nullable TracedStreams streams;
  private @Nullable ClassicHttpResponse earlyHead;
  private int interimHeads;
  private boolean used;

  TracedConnection(Http1Config config) {
    super(
        "tollwatch-" + IDS.incrementAndGet(),
        ISO_8859_1.newDecoder(),
        // without it, bytes of a field from 0x80 to 0x9f would be sent as question marks
        ISO_8859_1.newEncoder(),
        config,
        null,
        null,
        (request, connection, input, sent, next) ->
            connection instanceof TracedConnection traced && traced.comesEarly(),
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
    interimHeads = 0;
    trip.set(next);
    next.travelsOn(this);
    return used;
  }

  /// The trip's answer is complete, or the trip is over.
  void letGo() {
    Trip last = trip.getAndSet(null);
    if (last != null) {
      last.arrives();
    }
    used = true;
  }

  /// Waits for the head of the final answer. Interim ones (1xx) are swallowed.
  ClassicHttpResponse receiveFinalHead() throws IOException, HttpException {
    ClassicHttpResponse head = earlyHead == null ? receiveHead() : earlyHead;
    while (head.getCode() < 200) {
      Trip current = trip.get();
      if (current != null) {
        current.timer().enter(Phase.WAIT);
      }
      head = receiveHead();
    }
    return head;
  }

  /// Whether the final answer came while the request was still being written.
  boolean answeredEarly() {
    return earlyHead != null;
  }

  /// Asked before each write of a body. An interim answer is no reason to stop; an alert of TLS is,
  /// and this is the only time that it is told.
  private boolean comesEarly() throws IOException {
    try {
      while (earlyHead == null && probe()) {
        ClassicHttpResponse head = receiveHead();
        earlyHead = head.getCode() < 200 ? null : head;
      }
    } catch (HttpException e) {
      throw new IOException(e.getMessage(), e);
    }
    return answeredEarly();
  }

  /// Waits for a head, which must not be cut: HttpCore takes what came for a whole one.
  ClassicHttpResponse receiveWholeHead() throws IOException, HttpException {
    try {
      ClassicHttpResponse head = receiveResponseHeader();
      if (!sawEnd()) {
        return head;
      }
    } catch (HttpException e) {
      if (!sawEnd()) {
        throw e;
      }
    }
    throw new AnswerCut();
  }

  private ClassicHttpResponse receiveHead() throws IOException, HttpException {
    ClassicHttpResponse head = receiveWholeHead();
    if (head.getCode() == 101 || (head.getCode() < 200 && ++interimHeads > INTERIM_HEADS)) {
      throw new ProtocolException("no final answer, but interim ones without end");
    }
    return head;
  }

  /// Whether bytes wait to be read that nobody asked for: on an idle connection the rest of an
  /// answer that was longer than it said, while sending an early answer. Waits for nothing.
  boolean dataWaits() {
    try {
      return probe();
    } catch (IOException e) {
      // a broken connection has nothing to say
      return false;
    }
  }

  private boolean probe() throws IOException {
    TracedStreams current = streams;
    if (current == null || !isOpen()) {
      return false;
    }
    current.probing(true);
    try {
      return isDataAvailable(NO_TIME);
    } catch (IOException e) {
      IOException alert = current.alert();
      throw alert == null ? e : alert;
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
