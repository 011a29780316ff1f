package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What breaks before the request: always `unsent`, and no gateway saw a request.
class ConnectingTest {

  private static final Duration A_MOMENT = Duration.ofMillis(200);

  @Test
  void aNameThatDoesNotExist() {
    try (Rig rig = Rig.to("http://gateway.invalid:80")) {
      Attempt attempt = rig.send(Rig.post("/pay", "x"));
      Rig.isBroken(attempt, Breakage.DNS_FAILURE, Phase.DNS, Progress.UNSENT);
      assertThat(attempt.connection().remoteAddress()).isEmpty();
      assertThat(attempt.timings().of(Phase.CONNECT)).isEmpty();
    }
  }

  @Test
  void aPortWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }
    try (Rig rig = Rig.to("http://127.0.0.1:" + port)) {
      Attempt attempt = rig.send(Rig.post("/pay", "x"));
      Rig.isBroken(attempt, Breakage.CONNECT_REFUSED, Phase.CONNECT, Progress.UNSENT);
      assertThat(attempt.timings().of(Phase.DNS)).isEmpty();
    }
  }

  @Test
  void aPortThatDoesNotAnswer() throws IOException {
    List<Socket> queue = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
      assumeTrue(isFilled(address, queue), "the backlog takes everything here");
      try (Rig rig =
          Rig.Plan.to("http://127.0.0.1:" + address.getPort())
              .limits(l ->
                  new WireSettings.Limits(l.pool(), A_MOMENT, l.tls(), l.response(), l.total()))
              .start()) {
        Attempt attempt = rig.send(Rig.post("/pay", "x"));
        Rig.isBroken(attempt, Breakage.CONNECT_TIMEOUT, Phase.CONNECT, Progress.UNSENT);
        assertThat(attempt.timings().duration(Phase.CONNECT).orElseThrow())
            .isBetween(A_MOMENT, A_MOMENT.multipliedBy(10));
      }
    } finally {
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  private static boolean isFilled(InetSocketAddress address, List<Socket> queue)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(address, (int) A_MOMENT.toMillis());
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  void noConnectionIsFree() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig =
            Rig.Plan.to(gateway.url())
                .pool(1)
                .limits(l ->
                    new WireSettings.Limits(
                        A_MOMENT, l.connect(), l.tls(), l.response(), l.total()))
                .start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      gateway.faults().next(Mishap.parse("stall@answered"));
      var first =
          threads.submit(() -> {
            Attempt attempt = rig.send(Rig.post("/echo", "first"));
            held.countDown();
            return attempt;
          });
      assertThat(gateway.faults().awaitHeld(1, Rig.LONG)).isTrue();

      Attempt attempt = rig.send(Rig.post("/echo", "second"));
      Rig.isBroken(attempt, Breakage.POOL_WAIT_TIMEOUT, Phase.BLOCKED, Progress.UNSENT);
      gateway.faults().release();
      Rig.answered(first.get());
      assertThat(gateway.book().requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource
  void aCertificateThatIsNoGood(SSLContext server, Breakage breakage) {
    try (EchoGateway gateway = EchoGateway.start(GatewayOptions.tls(server));
        Rig rig =
            Rig.Plan.to(gateway.tlsUrl().replace("localhost", "127.0.0.1"))
                .tls(Certificates.trusting())
                .start()) {
      Attempt attempt = rig.send(Rig.post("/echo", "x"));
      Rig.isBroken(attempt, breakage, Phase.TLS, Progress.UNSENT);
      assertThat(attempt.connection().remoteAddress())
          .contains(gateway.tlsUrl().replace("https://localhost", "127.0.0.1"));
      assertThat(attempt.connection().tls()).isEmpty();
      assertThat(attempt.timings().of(Phase.CONNECT)).isPresent();
      assertThat(gateway.book().requests()).isEmpty();
    }
  }

  static Stream<Arguments> aCertificateThatIsNoGood() {
    ThrowawayCa unknown = ThrowawayCa.create("Unknown CA");
    return Stream.of(
        Arguments.of(Certificates.CA.expired().serverContext(), Breakage.TLS_CERT_EXPIRED),
        Arguments.of(Certificates.CA.wrongHost().serverContext(), Breakage.TLS_NAME_MISMATCH),
        Arguments.of(unknown.server().serverContext(), Breakage.TLS_UNTRUSTED_CHAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "reset@handshake, CONNECT_REFUSED",
    "close@handshake, CONNECT_REFUSED",
    "garbage@handshake, TLS_HANDSHAKE",
    "stall@handshake, TLS_TIMEOUT",
  })
  void aHandshakeThatBreaks(String mishap, Breakage breakage) {
    try (EchoGateway gateway = EchoGateway.start(GatewayOptions.tls(Certificates.server()));
        Rig rig =
            Rig.Plan.to(gateway.tlsUrl().replace("localhost", "127.0.0.1"))
                .tls(Certificates.trusting())
                .limits(l ->
                    new WireSettings.Limits(
                        l.pool(), l.connect(), Rig.SHORT, l.response(), l.total()))
                .start()) {
      gateway.faults().next(Mishap.parse(mishap));
      Attempt attempt = rig.send(Rig.post("/echo", "x"));
      gateway.faults().clear();
      Rig.isBroken(attempt, breakage, Phase.TLS, Progress.UNSENT);
      assertThat(gateway.book().requests()).isEmpty();
    }
  }

  @Test
  void aHandshakeMayTakeLongerThanConnecting() {
    try (EchoGateway gateway = EchoGateway.start(GatewayOptions.tls(Certificates.server()));
        Rig rig =
            Rig.Plan.to(gateway.tlsUrl())
                .tls(Certificates.trusting())
                .limits(l ->
                    new WireSettings.Limits(l.pool(), A_MOMENT, l.tls(), l.response(), l.total()))
                .start()) {
      gateway.faults().next(Mishap.parse("delay:600ms@handshake"));
      Attempt.Answered answered = rig.answered(Rig.post("/echo", "x"));
      assertThat(answered.timings().duration(Phase.TLS).orElseThrow())
          .isGreaterThan(Duration.ofMillis(500));
    }
  }

  @Test
  void aPortThatDoesNotSpeakTls() {
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig =
            Rig.Plan.to(gateway.url().replace("http:", "https:"))
                .tls(Certificates.trusting())
                .limits(l ->
                    new WireSettings.Limits(
                        l.pool(), l.connect(), Rig.SHORT, l.response(), l.total()))
                .start()) {
      Attempt.Broken broken = rig.broken(Rig.post("/echo", "x"));
      assertThat(broken.breakage())
          .isIn(Breakage.TLS_HANDSHAKE, Breakage.TLS_TIMEOUT, Breakage.CONNECT_REFUSED);
      assertThat(broken.phase()).isEqualTo(Phase.TLS);
      assertThat(broken.progress()).isEqualTo(Progress.UNSENT);
    }
  }
}
