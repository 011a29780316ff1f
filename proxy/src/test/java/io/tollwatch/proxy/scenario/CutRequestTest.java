package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that cuts its request, or goes away while it waits: what was begun is never completed
/// for it, and what was sent is recorded.
class CutRequestTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String CHARGE = "amount=1000&currency=eur&source=tok_visa";

  @TempDir Path folder;
  private EchoGateway echo;
  private FakeStripe stripe;
  private EgressRig rig;

  @BeforeEach
  void start() {
    echo = EchoGateway.start();
    stripe = FakeStripe.start();
    rig =
        EgressRig.start(
            folder,
            EgressRig.provider("echo", "generic", echo.url()),
            EgressRig.provider("stripe", "stripe", stripe.url()),
            EgressRig.provider("hasty", "stripe", stripe.url(), "on-client-gone: cancel"));
  }

  @AfterEach
  void stop() {
    rig.close();
    stripe.close();
    echo.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 1000, abc",
    "Content-Length: 65536, abc",
    "Transfer-Encoding: chunked, ''",
    "Transfer-Encoding: chunked, 'ff\r\nabc'",
    "Transfer-Encoding: chunked, '3\r\nabc\r\n'",
    "Transfer-Encoding: chunked, '3\r\nabc\r\n0\r\n'"
  })
  void sendsNothingOfASmallBodyThatIsCut(String framing, String start) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("POST /stripe/v1/charges HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n");
      client.send(start).end();
      EgressClient.Got got = client.got();
      assertThat(got.status()).isEqualTo(400);
      assertThat(got.field("Tollwatch-Money")).isEqualTo("not_sent");
    }
    Outcome outcome = rig.exchange().outcome().orElseThrow();
    assertThat(outcome.progress()).isEqualTo(Progress.UNSENT);
    assertThat(outcome.broken().map(Break::breakage)).contains(Breakage.CLIENT_ABORT);
    assertThat(outcome.verdict().money()).isEqualTo(Money.NOT_SENT);
    assertThat(outcome.clientGone()).isTrue();
    EgressRig.assertNothingSent(stripe);
    assertThat(stripe.book().connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 300000, ''",
    "Transfer-Encoding: chunked, '30D40\r\n'",
    "Transfer-Encoding: chunked, '40000\r\n'"
  })
  void neverCompletesAStreamedBodyThatIsCut(String framing, String start) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("POST /echo/sink HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n");
      client.send(start + "a".repeat(200_000)).end();
      assertThat(client.got().status()).isEqualTo(502);
    }
    assertThat(echo.book().awaitRequests(1, PATIENCE)).isTrue();
    assertThat(echo.book().requests()).hasSize(1).noneMatch(ReceivedRequest::complete);
    Outcome outcome = rig.exchange().outcome().orElseThrow();
    assertThat(outcome.progress()).isEqualTo(Progress.MAYBE_SENT);
    assertThat(outcome.broken().map(Break::breakage)).contains(Breakage.CLIENT_ABORT);
    assertThat(outcome.verdict().money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void finishesACallWhoseClientIsGone() throws IOException {
    stripe.faults().next(Fault.stall().at(Moment.WORKING));
    charge("stripe").reset();
    stripe.faults().release();

    Exchange exchange = rig.exchange();
    assertThat(exchange.outcome().orElseThrow().progress()).isEqualTo(Progress.ANSWERED);
    assertThat(exchange.outcome().orElseThrow().verdict().money()).isEqualTo(Money.SUCCEEDED);
    assertThat(stripe.book().charges()).hasSize(1);
  }

  @Test
  void cancelsACallWhoseClientIsGoneWhereThatIsConfigured() throws IOException {
    stripe.faults().next(Fault.stall().at(Moment.RECEIVED));
    charge("hasty").reset();

    Exchange exchange = rig.exchange();
    Outcome outcome = exchange.outcome().orElseThrow();
    assertThat(outcome.progress()).isEqualTo(Progress.MAYBE_SENT);
    assertThat(outcome.broken().map(Break::breakage)).contains(Breakage.CLIENT_ABORT);
    assertThat(outcome.verdict().money()).isEqualTo(Money.IN_DOUBT);
  }

  @Test
  void keepsServingAConnectionThatIsWatched() throws IOException {
    try (EgressClient client = rig.client()) {
      for (int i = 0; i < 3; i++) {
        client.post(
            "/hasty/v1/charges",
            CHARGE,
            "Authorization: Bearer sk_test_fixture",
            "Content-Type: application/x-www-form-urlencoded");
        assertThat(client.got().field("Tollwatch-Money")).isEqualTo("succeeded");
      }
    }
  }

  private EgressClient charge(String provider) throws IOException {
    EgressClient client =
        rig.client()
            .post(
                "/" + provider + "/v1/charges",
                CHARGE,
                "Authorization: Bearer sk_test_fixture",
                "Content-Type: application/x-www-form-urlencoded");
    assertThat(stripe.faults().awaitHeld(1, PATIENCE)).isTrue();
    return client;
  }
}
