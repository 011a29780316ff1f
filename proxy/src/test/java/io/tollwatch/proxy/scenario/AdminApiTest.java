package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.AdminAccess;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole sidecar, asked by raw sockets, so that every header field is as a test wants it.
class AdminApiTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private final AtomicReference<Sidecar.Reread> reread =
      new AtomicReference<>(new Sidecar.Reread.Wrong("t.yaml:1:1: it is wrong"));
  private Sidecar sidecar;
  private AdminAccess access;

  private record Answer(int status, String head, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  @BeforeEach
  void start() throws IOException {
    Sidecar.Start start =
        Sidecar.start(configuration("stripe"), reread::get, SystemTime.real(), line -> {});
    sidecar = ((Sidecar.Start.Running) start).sidecar();
    access = DataFolder.findAdmin(folder.resolve("data")).orElseThrow();
  }

  @AfterEach
  void stop() {
    sidecar.close();
    stripe.close();
  }

  private Configuration configuration(String provider) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            data: %s
            egress: {port: 0}
            admin: {port: 0}
            drain: 2s
            providers:
              %s: {url: "%s", profile: stripe, response-timeout: 5s}
            """
                .formatted(folder.resolve("data"), provider, stripe.url()));
    return ((ConfigReading.Valid) new ConfigReader(Map.of()).read(file)).configuration();
  }

  private static Answer send(URI to, String request) throws IOException {
    try (Socket socket = new Socket(to.getHost(), to.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput(); // Helidon waits for the client to close, whatever was asked for
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      String head = all.substring(0, end).toLowerCase(Locale.ROOT);
      String body = all.substring(end + 4);
      if (head.contains("transfer-encoding: chunked")) {
        body = body.replaceAll("(?:^|\r\n)[0-9A-Fa-f]+\r\n", "");
      }
      return new Answer(Integer.parseInt(all.substring(9, 12)), head, body);
    }
  }

  private Answer ask(String line, String... fields) throws IOException {
    return send(
        access.address(),
        line
            + " HTTP/1.1\nHost: localhost\nConnection: close\n"
            + String.join("", List.of(fields).stream().map(field -> field + "\n").toList())
            + "\n");
  }

  private Answer asked(String line) throws IOException {
    return ask(line, "Authorization: Bearer " + access.token());
  }

  private String pay(String reference) throws Exception {
    String form = "amount=1&currency=eur&metadata[order_id]=" + reference;
    Answer answer =
        send(
            sidecar.egress(),
            """
            POST /stripe/v1/payment_intents HTTP/1.1
            Host: localhost
            Connection: close
            Authorization: Bearer sk_test_fixture
            Content-Type: application/x-www-form-urlencoded
            Content-Length: %d

            %s\
            """
                .formatted(form.length(), form));
    sidecar.flush(Duration.ofSeconds(5));
    return answer.head().replaceAll("(?s).*tollwatch-exchange: (\\w+).*", "$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/status",
        "GET /api/exchanges",
        "GET /api/exchanges/01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "GET /api/nothing",
        "POST /api/reload"
      })
  void nothingOfTheLedgerIsToldWithoutTheToken(String line) throws IOException {
    for (String field :
        List.of(
            "X: y",
            "Authorization: Bearer",
            "Authorization: Bearer " + access.token() + "x",
            "Authorization: Bearer " + access.token().substring(1),
            "Authorization: Basic " + access.token(),
            "Authorization: " + access.token())) {
      Answer answer = ask(line, field);
      assertThat(answer.status()).as(field).isEqualTo(401);
      assertThat(answer.json().path("detail").asString()).contains("admin.json");
    }
    assertThat(asked(line).status()).isNotEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"/health/live, alive", "/health/ready, ready", "/metrics, # HELP"})
  void healthAndMetricsNeedNoToken(String path, String beginning) throws IOException {
    Answer answer = ask("GET " + path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith(beginning);
    Answer head = ask("HEAD " + path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example", "Host: localhost.evil.example", "Origin: http://localhost",
        "Origin: null", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"
      })
  void noWebPageGetsIn(String field) throws IOException {
    for (String path : List.of("/health/live", "/metrics", "/api/status")) {
      String host = field.startsWith("Host") ? field : "Host: localhost\n" + field;
      Answer answer =
          send(
              access.address(),
              "GET %s HTTP/1.1\n%s\nAuthorization: Bearer %s\nConnection: close\n\n"
                  .formatted(path, host, access.token()));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.head()).contains("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /nothing",
        "GET /api/nothing",
        "POST /api/status",
        "DELETE /api/exchanges",
        "OPTIONS /api/exchanges",
        "GET /api/exchanges/a/b"
      })
  void unknownRoutesAreProblemDocuments(String line) throws IOException {
    Answer answer = asked(line);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.head())
        .contains("content-type: application/problem+json")
        .doesNotContain("access-control");
    assertThat(answer.json().path("status").asInt()).isEqualTo(404);
    assertThat(answer.json().path("detail").asString()).contains("/api/exchanges");
  }

  @ParameterizedTest
  @CsvSource({
    "money=gone, money must be one of",
    "limit=0, limit must be a number",
    "since=x, since must be",
    "colour=red, there is no such filter",
    "money=none&money=pending, a filter may be given once"
  })
  void wrongFilterWordsAreSaidInASentence(String query, String sentence) throws IOException {
    Answer answer = asked("GET /api/exchanges?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asString()).startsWith(sentence);
  }

  @Test
  void exchangesAreListedNewestFirstAndFoundByTheBeginningOfTheirId() throws Exception {
    for (int i = 0; i < 20; i++) {
      pay("order-" + i);
    }
    Answer all = asked("GET /api/exchanges?limit=19");

    assertThat(all.status()).isEqualTo(200);
    assertThat(all.head()).contains("content-type: application/json", "cache-control: no-store");
    assertThat(all.json().path("exchanges").valueStream().map(AdminApiTest::reference))
        .hasSize(19)
        .startsWith("order-19", "order-18")
        .endsWith("order-1")
        .doesNotHaveDuplicates();
    String id = all.json().path("exchanges").path(18).path("intent").path("id").asString();
    assertThat(reference(asked("GET /api/exchanges/" + id).json())).isEqualTo("order-1");
    assertThat(asked("GET /api/exchanges/" + id.toLowerCase(Locale.ROOT)).status()).isEqualTo(200);
    assertThat(asked("GET /api/exchanges/01ARZ3NDEKTSV4RRFFQ69G5FAV").status()).isEqualTo(404);
    assertThat(asked("GET /api/exchanges?reference=none").json().path("exchanges")).isEmpty();
  }

  private static String reference(JsonNode exchange) {
    return exchange.path("intent").path("correlation").path("reference").asString();
  }

  @Test
  void reloadTakesTheFileWholeOrNotAtAll() throws IOException {
    Answer refused = asked("POST /api/reload");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asString()).isEqualTo("t.yaml:1:1: it is wrong");

    reread.set(new Sidecar.Reread.Right(configuration("other")));
    assertThat(asked("POST /api/reload").json().path("reloaded").asBoolean()).isTrue();
    assertThat(asked("GET /api/status").body()).contains("\"other\"");
  }

  @Test
  void theWayToTheTokenIsTheOwnersOnlyAndGoesAway() throws IOException {
    Path file = folder.resolve("data").resolve("admin.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(access.token()).hasSizeGreaterThanOrEqualTo(43);

    sidecar.close();

    assertThat(file).doesNotExist();
  }

  @Test
  void isAliveButNotReadyWhileItDrains() throws Exception {
    stripe.faults().next(Fault.stall());
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pay("order-1");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(stripe.faults().awaitHeld(1, Duration.ofSeconds(5))).isTrue();
    assertThat(ask("GET /metrics").body()).contains("tollwatch_calls_running 1.0");

    Thread closing = Thread.ofVirtual().start(sidecar::close);
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    Answer ready = ask("GET /health/ready");
    while (ready.status() == 200 && System.nanoTime() < deadline) {
      ready = ask("GET /health/ready");
    }

    assertThat(ready.status()).isEqualTo(503);
    assertThat(ask("GET /health/live").status()).isEqualTo(200);
    assertThat(asked("GET /api/status").json().path("ready").asBoolean()).isFalse();
    stripe.faults().release();
    caller.join();
    closing.join();
  }

  @Test
  void metricsShowTheSidecarItselfAndKeepTheirBounds() throws Exception {
    pay("order-1");
    for (int i = 0; i < 50; i++) {
      send(
          sidecar.egress(),
          "M%d /unknown%d/x%d HTTP/1.1\nHost: localhost\nConnection: close\n\n".formatted(i, i, i));
    }
    assertThat(sidecar.flush(Duration.ofSeconds(20))).isTrue();

    assertThat(ask("GET /metrics").body())
        .contains(
            "tollwatch_requests_total{",
            "tollwatch_ledger_lag_bytes 0.0",
            "tollwatch_ledger_written_total 1.0",
            "tollwatch_ledger_not_kept_total 0.0",
            "tollwatch_ledger_trouble 0.0",
            "tollwatch_calls_running 0.0")
        .doesNotContain("unknown1", "M1");
  }
}
