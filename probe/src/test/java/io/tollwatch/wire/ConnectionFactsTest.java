package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.TlsFacts;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.fixtures.tls.Identity;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// What is kept of a TLS connection, and who is let in with which certificate.
class ConnectionFactsTest {

  private static Rig rig(EchoGateway gateway, SSLContext context) {
    return Rig.Plan.to(gateway.tlsUrl()).tls(context).patience(Rig.SHORT).start();
  }

  @Test
  void theTlsFactsAreKept() {
    Identity soon = Certificates.CA.expiringIn(Duration.ofDays(5));
    try (EchoGateway gateway = EchoGateway.start(GatewayOptions.tls(soon.serverContext()));
        Rig rig = rig(gateway, Certificates.trusting())) {
      Attempt answered = rig.answered(Rig.get("/echo"));
      TlsFacts facts = answered.connection().tls().orElseThrow();
      assertThat(facts.version()).isEqualTo("TLSv1.3");
      assertThat(facts.cipher()).startsWith("TLS_");
      assertThat(facts.certificateExpires())
          .isEqualTo(soon.certificate().getNotAfter().toInstant());
      assertThat(answered.connection().remoteAddress())
          .contains(gateway.tlsUrl().replace("https://localhost", "127.0.0.1"));
    }
  }

  @Test
  void theSystemsAuthoritiesDoNotKnowAThrowawayOne() {
    try (EchoGateway gateway = EchoGateway.start(GatewayOptions.tls(Certificates.server()));
        Rig rig = Rig.to(gateway.tlsUrl())) {
      Rig.isBroken(
          rig.send(Rig.get("/echo")), Breakage.TLS_UNTRUSTED_CHAIN, Phase.TLS, Progress.UNSENT);
    }
  }

  @Test
  void ourCertificateOpensTheDoor() {
    GatewayOptions mutual =
        GatewayOptions.plain().withMutualTls(Certificates.SERVER.serverContext(Certificates.CA));
    try (EchoGateway gateway = EchoGateway.start(mutual);
        Rig rig = rig(gateway, Certificates.trustingAs(Certificates.CA.client("shop")))) {
      assertThat(rig.answered(Rig.get("/echo")).connection().tls()).isPresent();
    }
  }

  /// Under TLS 1.3 our side of the handshake is over, and the request perhaps written, before the
  /// provider refuses: never `unsent`.
  @Test
  void aRefusalOfOurCertificateComesTooLateToBeUnsent() {
    ThrowawayCa others = ThrowawayCa.create("Other clients");
    SSLContext[] refused = {
      Certificates.trusting(), Certificates.trustingAs(others.client("stranger"))
    };
    SSLContext server = Certificates.SERVER.serverContext(Certificates.CA);
    try (RawGateway gateway = RawGateway.plain(RawGateway.refusingClients(server))) {
      for (SSLContext context : refused) {
        String url = gateway.url().replace("http:", "https:");
        try (Rig rig = Rig.Plan.to(url).tls(context).start()) {
          Attempt.Broken broken = rig.broken(Rig.get("/echo"));
          assertThat(broken.breakage())
              .as(broken.detail())
              .isEqualTo(Breakage.TLS_CLIENT_CERTIFICATE);
          assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
          assertThat(broken.timings().of(Phase.SEND)).isPresent();
          // with a body the alert may be seen before the first byte is written
          assertThat(rig.broken(Rig.post("/echo", "x")).breakage())
              .isEqualTo(Breakage.TLS_CLIENT_CERTIFICATE);
        }
      }
    }
  }
}
