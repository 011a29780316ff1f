package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.Finding;
import io.tollwatch.wire.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Shakes hands and looks at the certificates, also at those that calls would refuse. Confined to
/// one probe.
record CertificatesLook(Site site, InstantSource clock) {

  private static final int MAX_NAME = 200;

  Looked look(String host, int port, int daysLeft, Duration limit) {
    ChainWatch watch = new ChainWatch(TlsContexts.trust(site.trust()));
    String session;
    try (Socket plain = new Socket()) {
      session = Timed.within(limit, plain, () -> handshake(plain, host, port, limit, watch));
    } catch (IOException e) {
      if (watch.chain().isEmpty()) {
        return Looked.failed("shakes hands with " + host + " port " + port, ConnectLook.why(e));
      }
      session = "broken off: " + ConnectLook.why(e);
    }
    return judged(host, daysLeft, watch, session);
  }

  private String handshake(Socket plain, String host, int port, Duration limit, ChainWatch watch)
      throws IOException {
    int millis = (int) Math.max(1, limit.toMillis());
    plain.connect(new InetSocketAddress(InetAddress.getByName(host), port), millis);
    plain.setSoTimeout(millis);
    var context = TlsContexts.trusting(watch, site.identity());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getSession().getProtocol() + ", " + socket.getSession().getCipherSuite();
    }
  }

  private Looked judged(String host, int daysLeft, ChainWatch watch, String session) {
    List<X509Certificate> chain = watch.chain();
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>(ChainProblems.of(chain, now));
    if (problems.isEmpty()) {
      watch.refused().ifPresent(problems::add);
    }
    X509Certificate first = firstToEnd(chain);
    Instant ends = end(first);
    long days = Duration.between(now, ends).toDays();
    return new Looked(
        List.of(
            new Finding(
                "the certificate chain is good for " + host,
                problems.isEmpty() ? "it is" : String.join("; ", problems),
                problems.isEmpty()),
            new Finding(
                "the chain is valid for " + daysLeft + " days",
                (ends.isBefore(now) ? "over since " + ends : days + " days, until " + ends)
                    + (chain.indexOf(first) == 0 ? "" : ", by " + name(first)),
                days >= daysLeft && !ends.isBefore(now))),
        Map.of(
            "subject", name(chain.getFirst()),
            "issuer", cut(chain.getFirst().getIssuerX500Principal().getName()),
            "chain", Integer.toString(chain.size()),
            "ends", ends.toString(),
            "session", session));
  }

  private static X509Certificate firstToEnd(List<X509Certificate> chain) {
    X509Certificate first = chain.getFirst();
    for (X509Certificate each : chain) {
      first = end(each).isBefore(end(first)) ? each : first;
    }
    return first;
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  static String name(X509Certificate certificate) {
    return cut(certificate.getSubjectX500Principal().getName());
  }

  private static String cut(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "...";
  }
}
