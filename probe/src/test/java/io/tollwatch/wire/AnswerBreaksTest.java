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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What breaks after the request was written, plain and under TLS: always `maybe_sent`, and the
/// gateway saw exactly one request.
class AnswerBreaksTest {

  private static EchoGateway gateway;

  @BeforeAll
  static void open() {
    gateway = EchoGateway.start(GatewayOptions.plain().withTls(Certificates.server()));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static Rig rig(boolean tls) {
    return Rig.Plan.to(tls ? gateway.tlsUrl() : gateway.url())
        .tls(Certificates.trusting())
        .patience(Rig.SHORT)
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "reset@request:20, /echo, RESPONSE_RESET, WAIT",
    "reset@received, /echo, RESPONSE_RESET, WAIT",
    "reset@answered, /echo, RESPONSE_RESET, WAIT",
    "close@answered, /echo, RESPONSE_RESET, WAIT",
    "stall@received, /echo, RESPONSE_TIMEOUT, WAIT",
    "stall@answered, /echo, RESPONSE_TIMEOUT, WAIT",
    "garbage@answered, /echo, PROTOCOL_ERROR, RECEIVE",
    "close@answer:5, /echo, TRUNCATED_BODY, RECEIVE",
    "close@answer:30, /echo, TRUNCATED_BODY, RECEIVE",
    "close@head, /bytes/1000, TRUNCATED_BODY, RECEIVE",
    "close@head, /chunked/1000, TRUNCATED_BODY, RECEIVE",
    "reset@body, /bytes/1000, TRUNCATED_BODY, RECEIVE",
    "truncated:length@answered, /bytes/1000, TRUNCATED_BODY, RECEIVE",
    "truncated:chunked@answered, /bytes/1000, TRUNCATED_BODY, RECEIVE",
    "stall@answer:30, /echo, BODY_TIMEOUT, RECEIVE",
    "stall@body, /bytes/1000, BODY_TIMEOUT, RECEIVE",
  })
  void maybeSent(String mishap, String target, Breakage breakage, Phase phase) {
    for (boolean tls : new boolean[] {false, true}) {
      gateway.book().clear();
      gateway.faults().next(Mishap.parse(mishap));
      try (Rig rig = rig(tls)) {
        Attempt attempt = rig.send(Rig.post(target, "amount=1000"));

        Rig.isBroken(attempt, breakage, phase, Progress.MAYBE_SENT);
        assertThat(attempt.connection().remoteAddress()).isPresent();
        assertThat(attempt.connection().tls().isPresent()).isEqualTo(tls);
        gateway.faults().clear();
        assertThat(gateway.book().awaitRequests(1, Rig.LONG)).isTrue();
        assertThat(rig.answered(Rig.get("/status/200")).answer().status()).isEqualTo(200);
        assertThat(gateway.book().requests("POST", "/")).hasSize(1);
      }
    }
  }

  @Test
  void theHeadOfACutBodyIsKept() {
    gateway.faults().next(Mishap.parse("truncated@answered"));
    try (Rig rig = rig(false)) {
      Attempt.Broken broken = rig.broken(Rig.post("/bytes/1000", "x"));
      assertThat(broken.head().orElseThrow().status()).isEqualTo(200);
      assertThat(broken.body().whole()).isFalse();
      assertThat(broken.body().bytes()).hasSize(500);
    }
  }

  @Test
  void aSlowDripIsEndedByTheTotalTimeout() {
    gateway.faults().next(Mishap.parse("drip:1/20ms@answered"));
    Duration total = Duration.ofMillis(500);
    try (Rig rig =
        Rig.Plan.to(gateway.url())
            .limits(
                l -> new WireSettings.Limits(l.pool(), l.connect(), l.tls(), l.response(), total))
            .start()) {
      Attempt attempt = rig.send(Rig.post("/bytes/1000", "x"));
      Rig.isBroken(attempt, Breakage.DEADLINE, Phase.RECEIVE, Progress.MAYBE_SENT);
      assertThat(attempt.timings().total()).isBetween(total, total.multipliedBy(6));
    } finally {
      gateway.faults().clear();
    }
  }

  @Test
  void anAnswerThatKeepsMovingIsNotTakenForSilence() {
    gateway.faults().next(Mishap.parse("drip:20/25ms@answered"));
    try (Rig rig = Rig.Plan.to(gateway.url()).patience(Duration.ofMillis(250)).start()) {
      Attempt.Answered answered = rig.answered(Rig.post("/bytes/400", "x"));
      assertThat(answered.body().whole()).isTrue();
      assertThat(answered.timings().total()).isGreaterThan(Duration.ofMillis(400));
    }
  }

  @ParameterizedTest
  @CsvSource({"/bytes/40", "/chunked/40", "/status/204"})
  void anAnswerThatIsCutAnywhereIsNeverComplete(String target) {
    try (Rig rig = Rig.to(gateway.url())) {
      boolean whole = false;
      for (int bytes = 1; !whole; bytes++) {
        gateway.faults().next(Mishap.parse("close@answer:" + bytes));
        Attempt attempt = rig.send(Rig.post(target, "x"));
        gateway.faults().clear();
        whole = attempt instanceof Attempt.Answered;
        if (whole) {
          // the cut came after the last byte, or never
          assertThat(bytes).isGreaterThanOrEqualTo(lengthOf(target));
        } else {
          assertThat(attempt.progress()).isEqualTo(Progress.MAYBE_SENT);
        }
      }
    }
  }

  /// How long the answer is on the wire, which the gateway itself says.
  private static int lengthOf(String target) {
    String head =
        target.equals("/status/204")
            ? "HTTP/1.1 204 No Content\r\nETag: \"fixture\"\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
                + (target.startsWith("/bytes")
                    ? "Content-Length: 40\r\n\r\n"
                    : "Transfer-Encoding: chunked\r\n\r\n28\r\n\r\n0\r\n\r\n");
    return head.length() + (target.equals("/status/204") ? 0 : 40);
  }
}
