package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that carry more than one call, and those that no longer should.
class ReuseTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static RawGateway gateway(boolean tls, RawGateway.Manners manners) {
    return tls ? RawGateway.tls(Certificates.server(), manners) : RawGateway.plain(manners);
  }

  private static Rig rig(String url) {
    return Rig.Plan.to(url).tls(Certificates.trusting()).patience(Rig.SHORT).start();
  }

  @Test
  void withoutKeepAliveNoConnectionIsUsedAgain() {
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig = Rig.Plan.to(gateway.url()).keepAlive(Duration.ZERO).start()) {
      rig.answered(Rig.post("/echo", "1"));
      assertThat(rig.answered(Rig.post("/echo", "2")).connection().reused()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSecondCallNeedsNoNewConnection(boolean tls) {
    try (EchoGateway gateway =
            EchoGateway.start(GatewayOptions.plain().withTls(Certificates.server()));
        Rig rig = rig(tls ? gateway.tlsUrl() : gateway.url())) {
      Attempt first = rig.answered(Rig.post("/echo", "1"));
      Attempt second = rig.answered(Rig.post("/echo", "2"));

      assertThat(first.connection().reused()).isFalse();
      assertThat(first.timings().of(Phase.CONNECT)).isPresent();
      assertThat(first.timings().of(Phase.TLS).isPresent()).isEqualTo(tls);
      assertThat(first.timings().of(Phase.DNS).isPresent()).isEqualTo(tls);
      assertThat(second.connection().reused()).isTrue();
      assertThat(second.connection().remoteAddress()).isEqualTo(first.connection().remoteAddress());
      assertThat(second.connection().tls()).isEqualTo(first.connection().tls());
      assertThat(second.connection().tls().isPresent()).isEqualTo(tls);
      assertThat(gateway.book().connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL'",
    "true, 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL'",
    "false, 'tail'",
    "true, 'tail'",
  })
  void bytesLeftOverNeverBecomeTheNextAnswer(boolean tls, String leftOver) throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    for (boolean late : new boolean[] {false, true}) {
      RawGateway.Manners sayTooMuch =
          visit -> {
            while (!visit.head().isEmpty()) {
              if (late) {
                visit.say(OK);
                visit.say(leftOver);
              } else {
                visit.say(OK + leftOver);
              }
              said.countDown();
            }
          };
      try (RawGateway gateway = gateway(tls, sayTooMuch);
          Rig rig = rig(gateway.url())) {
        assertThat(Rig.text(rig.answered(Rig.get("/1")))).isEqualTo("ok");
        assertThat(said.await(5, TimeUnit.SECONDS)).isTrue();
        // what is late by a turn of the network may be seen late, but is seen before the next call
        pause(Duration.ofMillis(50));
        Attempt.Answered second = rig.answered(Rig.get("/2"));
        assertThat(Rig.text(second)).isEqualTo("ok");
        assertThat(second.connection().reused()).isFalse();
        assertThat(gateway.requests()).isEqualTo(2);
      }
    }
  }

  @Test
  void garbageOnAnIdleConnectionIsNotTheNextAnswer() {
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig = rig(gateway.url())) {
      gateway.faults().next(Mishap.parse("garbage@after"));
      rig.answered(Rig.post("/echo", "1"));
      pause(Duration.ofMillis(50));
      Attempt.Answered second = rig.answered(Rig.post("/echo", "2"));
      assertThat(Rig.text(second)).endsWith("2");
      assertThat(second.connection().reused()).isFalse();
      assertThat(gateway.book().requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"close@after", "reset@after"})
  void aConnectionThatEndedLongAgoIsFoundOut(String mishap) {
    try (EchoGateway gateway =
            EchoGateway.start(GatewayOptions.plain().withTls(Certificates.server()));
        Rig plain = rig(gateway.url());
        Rig tls = rig(gateway.tlsUrl())) {
      gateway.faults().times(2, Mishap.parse(mishap));
      plain.answered(Rig.post("/echo", "1"));
      tls.answered(Rig.post("/echo", "1"));
      pause(Duration.ofMillis(1100));
      for (Rig rig : new Rig[] {plain, tls}) {
        assertThat(rig.answered(Rig.post("/echo", "2")).connection().reused()).isFalse();
      }
      assertThat(gateway.book().requests()).hasSize(4);
    }
  }

  /// The keep-alive race: nothing proves that the provider did not read the request.
  @ParameterizedTest
  @CsvSource({"close@after", "reset@after"})
  void aConnectionThatEndedJustNowMayHaveTakenTheRequest(String mishap) {
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig = rig(gateway.url())) {
      gateway.faults().next(Mishap.parse(mishap));
      rig.answered(Rig.post("/echo", "1"));
      pause(Duration.ofMillis(50));
      Attempt.Broken broken = rig.broken(Rig.post("/echo", "2"));
      assertThat(broken.breakage()).isIn(Breakage.IDLE_CLOSE_RACE, Breakage.WRITE_RESET);
      assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
      assertThat(broken.connection().reused()).isTrue();
      assertThat(gateway.book().requests()).hasSize(1);
    }
  }

  /// A load balancer that lost its connections: one call finds out for all of them.
  @Test
  void oneThatBrokeSpendsTheOthersThatWereIdle() throws Exception {
    int many = 8;
    CountDownLatch all = new CountDownLatch(many);
    try (EchoGateway gateway = EchoGateway.start();
        Rig rig = rig(gateway.url())) {
      gateway.faults().times(many, Mishap.parse("delay:300ms@received"));
      for (int i = 0; i < many; i++) {
        Thread.startVirtualThread(() -> {
          rig.answered(Rig.post("/echo", "1"));
          all.countDown();
        });
      }
      assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
      long before = gateway.book().connections();
      assertThat(before).isGreaterThan(1);
      gateway.faults().always(Mishap.parse("reset@received"));

      assertThat(rig.broken(Rig.post("/echo", "2")).breakage()).isEqualTo(Breakage.IDLE_CLOSE_RACE);
      assertThat(rig.broken(Rig.post("/echo", "3")).breakage()).isEqualTo(Breakage.RESPONSE_RESET);

      assertThat(gateway.book().connections()).isEqualTo(before + 1);
    }
  }

  @Test
  void aProviderThatSaidGoodbyeUnderTlsIsNotAskedAgain() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    RawGateway.Manners answersOnce =
        visit -> {
          var _ = visit.head();
          visit.say(OK);
          visit.hangUp();
          gone.countDown();
        };
    try (RawGateway gateway = gateway(true, answersOnce);
        Rig rig = rig(gateway.url())) {
      rig.answered(Rig.get("/1"));
      assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
      pause(Duration.ofMillis(50));
      assertThat(rig.answered(Rig.get("/2")).connection().reused()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\n\r\nok",
      })
  void anAnswerThatEndsTheConnectionEndsIt(String answer) {
    RawGateway.Manners once =
        visit -> {
          var _ = visit.head();
          visit.say(answer);
          if (!answer.contains("Length")) {
            visit.hangUp();
          }
          var _ = visit.rest();
        };
    try (RawGateway gateway = gateway(false, once);
        Rig rig = rig(gateway.url())) {
      for (int i = 0; i < 2; i++) {
        Attempt.Answered answered = rig.answered(Rig.get("/"));
        assertThat(Rig.text(answered)).isEqualTo("ok");
        assertThat(answered.connection().reused()).isFalse();
      }
    }
  }

  /// Lets the network come to rest.
  private static void pause(Duration length) {
    try {
      boolean _ = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
