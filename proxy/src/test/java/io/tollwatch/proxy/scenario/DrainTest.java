package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a sidecar ends while payments run: as a process that gets signals.
class DrainTest {

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();

  @AfterEach
  void stop() {
    stripe.close();
  }

  @Test
  void theRunningCallFinishesAndNewOnesAreNotTaken() throws Exception {
    try (ChildSidecar child = ChildSidecar.start(folder, stripe, "drain: 30s")) {
      stripe.faults().next(Fault.stall().at(Moment.WORKING));
      var running = Payments.sendAsync(Payments.stripe(child.url("stripe"), "drain-1"));
      assertThat(stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();

      child.signal("TERM");
      Eventually.holds("no new connections", () -> !connects(URI.create(child.url(""))));
      assertThat(running).isNotDone();
      stripe.faults().release();

      HttpResponse<String> answer = running.join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Payments.money(answer)).isEqualTo("succeeded");
      assertThat(child.exitCode()).isZero();
      assertThat(outcome(child).verdict().money()).isEqualTo(Money.SUCCEEDED);
      assertThat(stripe.book().charges("drain-1")).hasSize(1);
    }
  }

  @Test
  void aCallThatTakesTooLongIsCutAnsweredAndInDoubt() throws Exception {
    try (ChildSidecar child = ChildSidecar.start(folder, stripe, "drain: 500ms")) {
      stripe.faults().next(Fault.stall().at(Moment.ANSWERED));
      var running = Payments.sendAsync(Payments.stripe(child.url("stripe"), "drain-2"));
      assertThat(stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();

      child.signal("TERM");

      HttpResponse<String> answer = running.join();
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(Payments.money(answer)).isEqualTo("in_doubt");
      assertThat(child.exitCode()).isZero();
      Outcome outcome = outcome(child);
      assertThat(outcome.broken().orElseThrow().breakage()).isEqualTo(Breakage.SHUTDOWN);
      assertThat(outcome.verdict().money()).isEqualTo(Money.IN_DOUBT);
    }
  }

  @Test
  void aSecondSignalEndsAtOnceAndLeavesTheCallInDoubt() throws Exception {
    try (ChildSidecar child = ChildSidecar.start(folder, stripe, "drain: 60s")) {
      stripe.faults().next(Fault.stall().at(Moment.ANSWERED));
      var running = Payments.sendAsync(Payments.stripe(child.url("stripe"), "drain-3"));
      assertThat(stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();
      child.awaitRecorded(1);

      child.signal("TERM");
      child.awaitLine("draining");
      child.signal("TERM");

      assertThat(child.exitCode()).isEqualTo(143);
      assertThat(running.handle((_, lost) -> lost).join()).isNotNull();
      assertThat(outcome(child).verdict().money()).isEqualTo(Money.IN_DOUBT);
    }
  }

  /// The limit cuts one call and with that shows that it is over; another caller takes its time to
  /// send its request, and ends it after that.
  @Test
  void nothingIsSentAfterTheLimit() throws Exception {
    try (MoneyRig rig = MoneyRig.start(folder, "drain: 0s", "response-timeout: 60s")) {
      rig.stripe.faults().next(Fault.stall().at(Moment.RECEIVED));
      var running = Payments.sendAsync(Payments.stripe(rig.url("stripe"), "drain-4"));
      assertThat(rig.stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();
      URI egress = rig.sidecar().egress();
      try (Socket slow = new Socket(egress.getHost(), egress.getPort())) {
        send(slow, "POST /stripe/v1/payment_intents HTTP/1.1\r\nHost: localhost\r\n");
        send(slow, "Expect: 100-continue\r\n");
        send(slow, "Content-Length: 12\r\n\r\n");
        byte[] goOn = slow.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
        assertThat(new String(goOn, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 100");
        Thread stopping = Thread.ofVirtual().start(rig.sidecar()::close);
        assertThat(running.join().statusCode()).isEqualTo(502);

        send(slow, "amount=99999");
        String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 503").contains("Tollwatch-Money: not_sent");
        stopping.join();
      }
      rig.stripe.faults().clear();
      assertThat(rig.stripe.book().requests()).hasSizeLessThanOrEqualTo(1);
      assertThat(rig.stripe.book().charges()).allMatch(charge -> charge.belongsTo("drain-4"));
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static boolean connects(URI url) {
    try (Socket _ = new Socket(url.getHost(), url.getPort())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Outcome outcome(ChildSidecar child) {
    assertThat(child.left()).hasSize(1);
    Exchange only = child.left().getFirst();
    return only.outcome().orElseThrow();
  }
}
