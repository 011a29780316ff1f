package io.tollwatch.checks.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Finding;
import io.tollwatch.fixtures.tls.Identity;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import io.tollwatch.wire.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/// Certificates of a real TLS server on loopback, good and bad ones; and TCP alone.
class CertificatesLookTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ThrowawayCa ca = ThrowawayCa.create("Authority");

  private Looked look(Identity shown, List<X509Certificate> trust, int days) throws IOException {
    try (SSLServerSocket server =
        (SSLServerSocket)
            shown
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> shakeHands(server));
      Site site =
          new Site(new Endpoint("127.0.0.1", server.getLocalPort(), true), trust, Optional.empty());
      return new CertificatesLook(site, InstantSource.system())
          .look("127.0.0.1", server.getLocalPort(), days, LIMIT);
    }
  }

  private static void shakeHands(SSLServerSocket server) {
    try (SSLSocket client = (SSLSocket) server.accept()) {
      client.startHandshake();
      int _ = client.getInputStream().read();
    } catch (IOException e) {
      // the probe has seen enough
    }
  }

  private static void assertProblem(Looked looked, String problem) {
    assertThat(looked.findings().getFirst().holds()).isFalse();
    assertThat(looked.findings().getFirst().found()).contains(problem);
  }

  @Test
  void aGoodChainIsGoodAndItsDaysAreCounted() throws IOException {
    Looked looked = look(ca.expiringIn(Duration.ofHours(80)), List.of(ca.certificate()), 3);
    assertThat(looked.findings()).hasSize(2).allMatch(Finding::holds);
    assertThat(looked.findings().getLast().found()).startsWith("3 days, until ");
    assertThat(looked.facts()).containsEntry("issuer", "CN=Authority").containsEntry("chain", "2");
  }

  @Test
  void aCertificateThatEndsTooSoonFailsBeforeItEnds() throws IOException {
    Looked looked = look(ca.expiringIn(Duration.ofHours(80)), List.of(ca.certificate()), 30);
    assertThat(looked.findings().getFirst().holds()).isTrue();
    assertThat(looked.findings().getLast().holds()).isFalse();
  }

  @Test
  void whatIsWrongWithAChainIsNamed() throws IOException {
    List<X509Certificate> trust = List.of(ca.certificate());
    assertProblem(look(ca.expired(), trust, 0), "the certificate expired at ");
    assertProblem(look(ca.wrongHost(), trust, 0), "it is for other names");
    assertProblem(
        look(ThrowawayCa.create("Nobody").server(), trust, 0), "signed by itself, and not trusted");
    assertProblem(look(ca.server(), List.of(), 0), "not trusted");
  }

  @Test
  void aServerWithoutTlsOrWithoutAnAnswerIsNamed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Site site =
          new Site(
              new Endpoint("127.0.0.1", silent.getLocalPort(), true), List.of(), Optional.empty());
      Looked looked =
          new CertificatesLook(site, InstantSource.system())
              .look("127.0.0.1", silent.getLocalPort(), 0, Duration.ofMillis(200));
      assertThat(looked.findings().getFirst().found()).contains("200 ms");
      assertThat(new ConnectLook(System::nanoTime).look("127.0.0.1", silent.getLocalPort(), LIMIT))
          .satisfies(each -> assertThat(each.findings()).hasSize(1).allMatch(Finding::holds));
    }
  }

  @Test
  void aPortThatNobodyHasIsRefused() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(new ConnectLook(System::nanoTime).look("127.0.0.1", port, LIMIT).findings())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.holds()).isFalse();
          assertThat(each.found()).isEqualTo("refused");
        });
  }
}
