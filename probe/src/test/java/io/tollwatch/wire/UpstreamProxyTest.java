package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tunnel of an upstream HTTP proxy is part of connecting: what breaks there is `unsent`.
class UpstreamProxyTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsGoThroughTheTunnel(boolean tls) {
    List<String> asked = new CopyOnWriteArrayList<>();
    RawGateway.Manners tunnels =
        visit -> {
          String head = visit.head();
          asked.add(head);
          String authority = head.split(" ", 3)[1];
          int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
          try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), port)) {
            visit.say("HTTP/1.1 200 Connection established\r\n\r\n");
            visit.join(onward);
          }
        };
    try (EchoGateway gateway =
            EchoGateway.start(GatewayOptions.plain().withTls(Certificates.server()));
        RawGateway proxy = RawGateway.plain(tunnels);
        Rig rig =
            Rig.Plan.to(tls ? gateway.tlsUrl() : gateway.url())
                .through(proxy.url())
                .tls(Certificates.trusting())
                .start()) {
      Attempt first = rig.answered(Rig.post("/echo", "1"));
      Attempt second = rig.answered(Rig.post("/echo", "2"));

      assertThat(Rig.text(first)).startsWith("POST /echo HTTP/1.1\r\nHost: gateway.test\r\n");
      assertThat(first.timings().of(Phase.TLS).isPresent()).isEqualTo(tls);
      assertThat(first.timings().of(Phase.CONNECT)).isPresent();
      assertThat(second.connection().reused()).isTrue();
      assertThat(second.connection().tls().isPresent()).isEqualTo(tls);
      assertThat(asked).hasSize(1).first().asString().startsWith("CONNECT ");
      assertThat(gateway.book().requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n', EGRESS_PROXY",
    "'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', EGRESS_PROXY",
    "'what\r\n\r\n', EGRESS_PROXY",
    "'', EGRESS_PROXY",
  })
  void aProxyThatOpensNoTunnel(String answer, Breakage breakage) {
    RawGateway.Manners refuses =
        visit -> {
          var _ = visit.head();
          visit.say(answer);
        };
    for (String target : List.of("http://gateway.invalid:80", "https://gateway.invalid:443")) {
      try (RawGateway proxy = RawGateway.plain(refuses);
          Rig rig = Rig.Plan.to(target).through(proxy.url()).start()) {
        Attempt attempt = rig.send(Rig.post("/pay", "x"));
        Rig.isBroken(attempt, breakage, Phase.CONNECT, Progress.UNSENT);
        assertThat(proxy.requests()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200"})
  void aTunnelThatIsCutWhileItOpens(String answer) {
    RawGateway.Manners cuts =
        visit -> {
          var _ = visit.head();
          visit.say(answer);
        };
    try (RawGateway proxy = RawGateway.plain(cuts);
        Rig rig = Rig.Plan.to("http://gateway.invalid:80").through(proxy.url()).start()) {
      Attempt.Broken broken = rig.broken(Rig.post("/pay", "x"));
      assertThat(broken.progress()).isEqualTo(Progress.UNSENT);
      assertThat(broken.breakage()).isEqualTo(Breakage.EGRESS_PROXY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1", "http://proxy.invalid:3128"})
  void aProxyThatIsNotThere(String url) throws IOException {
    try (Rig rig = Rig.Plan.to("https://gateway.invalid:443").through(url).start()) {
      Attempt.Broken broken = rig.broken(Rig.post("/pay", "x"));
      assertThat(broken.progress()).isEqualTo(Progress.UNSENT);
      assertThat(broken.breakage()).isIn(Breakage.CONNECT_REFUSED, Breakage.DNS_FAILURE);
    }
  }
}
