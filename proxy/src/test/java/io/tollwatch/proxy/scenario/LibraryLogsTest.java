package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// P3: whatever log level an operator sets, the HTTP library's loggers say nothing of a message's
/// target, fields or body.
class LibraryLogsTest {

  private static final String CARD = "4242424242424242";
  private static final String SECRET = "sk_test_never_to_be_logged";
  private static final String TARGET = "/echo/target-never-to-be-logged";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  // held, because the logging framework itself lets go of loggers nobody holds
  private final Logger library = Logger.getLogger("org.apache.hc");
  private final Kept kept = new Kept();

  @BeforeEach
  void logEverything() {
    kept.setLevel(Level.ALL);
    library.setLevel(Level.ALL);
    library.addHandler(kept);
    library.setUseParentHandlers(false);
  }

  @AfterEach
  void logAsBefore() {
    library.removeHandler(kept);
    library.setLevel(null);
    library.setUseParentHandlers(true);
  }

  @Test
  void sayNothingOfWhatPasses() {
    ThrowawayCa ca = ThrowawayCa.create("Gateway CA");
    try (EchoGateway gateway =
        EchoGateway.start(GatewayOptions.plain().withTls(ca.server().serverContext()))) {
      for (String url : List.of(gateway.url(), gateway.tlsUrl())) {
        calls(gateway, settings(url, ca));
      }
    }
    // the levels really were on
    assertThat(kept.lines).anySatisfy(line -> assertThat(line).contains("connect"));
    assertThat(kept.lines).noneMatch(LibraryLogsTest::tells);
  }

  private static boolean tells(String line) {
    // a wire log may show a body in pieces or in hexadecimal
    return line.contains(CARD)
        || line.contains("424242")
        || line.contains("34 32 34 32")
        || line.contains("34323432")
        || line.contains("never")
        || line.contains("Authorization")
        || line.contains("Content-Type");
  }

  private static void calls(EchoGateway gateway, WireSettings settings) {
    try (Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(10));
        Wire wire = new Wire(settings, watchdog, System::nanoTime, 64 * 1024)) {
      byte[] body = ("card[number]=" + CARD).getBytes(StandardCharsets.US_ASCII);
      for (RequestBody each :
          List.of(
              new RequestBody.Whole(body, false),
              new RequestBody.Whole(body, true),
              new RequestBody.Streamed(new ByteArrayInputStream(body), OptionalLong.empty()))) {
        Attempt attempt = send(wire, each);
        assertThat(attempt).isInstanceOf(Attempt.Answered.class);
        assertThat(new String(attempt.body().bytes(), StandardCharsets.US_ASCII))
            .contains(SECRET, TARGET)
            .endsWith(CARD);
      }
      gateway.faults().next(Mishap.parse("garbage@answered"));
      assertThat(send(wire, new RequestBody.Whole(body, false))).isInstanceOf(Attempt.Broken.class);
    }
  }

  private static Attempt send(Wire wire, RequestBody body) {
    Fields fields =
        Fields.of(
            "Host", "gateway.test",
            "Authorization", "Bearer " + SECRET,
            "Content-Type", "application/x-www-form-urlencoded");
    return wire.send(
        new GatewayRequest("POST", TARGET + "?card=" + CARD, fields, body),
        new Holding(),
        new CallerWatch());
  }

  private static WireSettings settings(String url, ThrowawayCa ca) {
    URI uri = URI.create(url);
    return new WireSettings(
        new Endpoint(uri.getHost(), uri.getPort(), uri.getScheme().equals("https")),
        Optional.empty(),
        TlsContexts.of(List.of(ca.certificate()), Optional.empty()),
        new WireSettings.Limits(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT),
        2,
        LIMIT);
  }

  /// Holds every answer back.
  private static final class Holding implements AnswerReceiver {
    @Override
    public boolean hold(AnswerHead head) {
      return true;
    }

    @Override
    public OutputStream stream(AnswerHead head) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public boolean finishWithoutCaller() {
      return true;
    }
  }

  /// Keeps what is logged, as it would stand in a file.
  private static final class Kept extends Handler {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord logged) {
      lines.add(formatter.format(logged));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
