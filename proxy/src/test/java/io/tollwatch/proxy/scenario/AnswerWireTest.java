package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.echo.Noise;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.FaultGrammar;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.http.AnswerBody;
import io.tollwatch.fixtures.http.Head;
import io.tollwatch.fixtures.http.HeaderField;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// P5 on the way back: what the client gets is what the gateway said. GET is streamed, POST is read
/// whole and judged first, so most is shown for both.
class AnswerWireTest {

  @TempDir static Path folder;
  private static EchoGateway gateway;
  private static EgressRig rig;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.start();
    rig = EgressRig.start(folder, EgressRig.provider("echo", "generic", gateway.url()));
  }

  @AfterAll
  static void stop() {
    rig.close();
    gateway.close();
  }

  @BeforeEach
  void clear() {
    gateway.faults().clear();
    gateway.book().clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void keepsFieldsAndDropsThoseOfOneHop(String method) throws IOException {
    Answer odd =
        new Answer(
            402,
            List.of(
                new HeaderField("X-lower-UPPER", "a"),
                new HeaderField("Set-Cookie", "a=b"),
                new HeaderField("Connection", "X-Hop"),
                new HeaderField("X-Hop", "1"),
                new HeaderField("Keep-Alive", "timeout=5"),
                new HeaderField("Proxy-Authenticate", "Basic"),
                new HeaderField("Upgrade", "h2c"),
                new HeaderField("Trailer", "X-Sum"),
                new HeaderField("tollwatch-money", "succeeded"),
                new HeaderField("set-cookie", "c=d"),
                new HeaderField("X-Latin", "\u00e9\u00ff\u0080"),
                new HeaderField("X-Empty", ""),
                new HeaderField("Location", "http://elsewhere.invalid/")),
            AnswerBody.of("{}"));
    gateway.faults().next(Fault.instead(odd));

    EgressClient.Got got = call(method, "/echo/sink");

    assertThat(got.status()).isEqualTo(402);
    assertThat(got.body()).isEqualTo("{}");
    assertThat(got.head().fields().stream().filter(f -> !f.name().startsWith("Tollwatch-")))
        .containsExactly(
            new HeaderField("X-lower-UPPER", "a"),
            new HeaderField("Set-Cookie", "a=b"),
            new HeaderField("set-cookie", "c=d"),
            new HeaderField("X-Latin", "\u00e9\u00ff\u0080"),
            new HeaderField("X-Empty", ""),
            new HeaderField("Location", "http://elsewhere.invalid/"),
            new HeaderField("Content-Length", "2"));
    assertThat(got.head().all("Tollwatch-Money")).doesNotContain("succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void makesBlanksOfWhatSomeTakeForTheEndOfALine(String method) throws IOException {
    Answer odd = Answer.of(402, "text/plain", "no").with("X-Odd", "a\rSet-Cookie: b\0c");
    gateway.faults().next(Fault.instead(odd));

    EgressClient.Got got = call(method, "/echo/sink");

    assertThat(got.field("X-Odd")).isEqualTo("a Set-Cookie: b c");
    assertThat(got.head().raw().replace("\r\n", "")).doesNotContain("\r", "\0");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, gzip",
    "POST, gzip",
    "GET, br",
    "POST, br",
    "GET, zstd",
    "POST, zstd",
    "GET, deflate"
  })
  void leavesAPackedBodyPacked(String method, String encoding) throws IOException {
    EgressClient.Got direct;
    try (EgressClient client = EgressClient.to(URI.create(gateway.url()))) {
      direct = client.get("/packed/" + encoding).got();
    }

    EgressClient.Got got = call(method, "/echo/packed/" + encoding);

    assertThat(got.field("Content-Encoding")).isEqualTo(encoding);
    assertThat(got.body()).isEqualTo(direct.body());
    assertThat(got.field("Content-Length")).isEqualTo(direct.field("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({"GET, 0", "GET, 70000", "POST, 0", "POST, 1", "POST, 65536", "POST, 65537"})
  void keepsABodyOfKnownLength(String method, int bytes) throws IOException {
    EgressClient.Got got = call(method, "/echo/bytes/" + bytes);

    assertThat(got.head().all("Content-Length")).containsExactly(Integer.toString(bytes));
    assertThat(got.head().first("Transfer-Encoding")).isEmpty();
    assertThat(got.body()).isEqualTo(noise(bytes));
  }

  @ParameterizedTest
  @CsvSource({"GET, 0", "GET, 70000", "POST, 0", "POST, 1", "POST, 65536", "POST, 65537"})
  void keepsABodyInChunks(String method, int bytes) throws IOException {
    EgressClient.Got got = call(method, "/echo/chunked/" + bytes);

    assertThat(got.head().first("Content-Length").isPresent())
        .as("either framing, never both")
        .isNotEqualTo(got.head().first("Transfer-Encoding").isPresent());
    assertThat(got.body()).isEqualTo(noise(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void answersWithoutABody(String method) throws IOException {
    try (EgressClient client = rig.client()) {
      for (int status : List.of(204, 304)) {
        Answer answer = Answer.empty(status).with("ETag", "\"1\"");
        answer = status == 304 ? answer.with("Content-Length", "1234") : answer;
        gateway.faults().next(Fault.instead(answer));
        Head head = request(client, method, "/echo/sink").head();
        assertThat(head.startLine()).startsWith("HTTP/1.1 " + status);
        assertThat(head.first("Transfer-Encoding")).isEmpty();
        assertThat(head.first("ETag")).contains("\"1\"");
        assertThat(head.all("Content-Length"))
            .isEqualTo(status == 304 ? List.of("1234") : List.of());
      }
      assertThat(client.get("/echo/bytes/3").got().body()).as("in step").isEqualTo(noise(3));
    }
  }

  @Test
  void answersHeadWithTheLengthAndNoBody() throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("HEAD /echo/bytes/5000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head().first("Content-Length")).contains("5000");
      client.send("HEAD /echo/chunked/5000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.head().first("Content-Length")).isEmpty();
      assertThat(client.get("/echo/bytes/3").got().body()).as("in step").isEqualTo(noise(3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103})
  void swallowsInterimAnswersNobodyAskedFor(int status) throws IOException {
    gateway.faults().next(FaultGrammar.mishaps("interim:" + status).getFirst());

    assertThat(call("POST", "/echo/bytes/3").body()).isEqualTo(noise(3));
    assertThat(gateway.book().requests()).hasSize(1);
  }

  @Test
  void cutsABodyOfKnownLengthThatTheProviderCut() throws IOException {
    gateway.faults().next(Fault.truncated());
    try (EgressClient client = rig.client()) {
      Head head = client.get("/echo/bytes/100000").head();
      assertThat(head.first("Content-Length")).contains("100000");
      assertThat(client.rest().length()).isLessThan(100_000);
    }
  }

  @Test
  void cutsABodyInChunksThatTheProviderCut() throws IOException {
    gateway.faults().next(FaultGrammar.mishaps("truncated:chunked").getFirst());
    try (EgressClient client = rig.client()) {
      Head head = client.get("/echo/chunked/100000").head();
      assertThat(head.chunked()).isTrue();
      assertThatThrownBy(() -> client.body(head)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void neverPassesOnHalfAnAnswerAboutMoney() throws IOException {
    gateway.faults().next(Fault.truncated());

    EgressClient.Got got = call("POST", "/echo/bytes/1000");

    assertThat(got.status()).isEqualTo(502);
    assertThat(got.field("Tollwatch-Money")).isEqualTo("in_doubt");
  }

  private static EgressClient.Got call(String method, String target) throws IOException {
    try (EgressClient client = rig.client()) {
      return request(client, method, target).got();
    }
  }

  private static EgressClient request(EgressClient client, String method, String target)
      throws IOException {
    return method.equals("GET") ? client.get(target) : client.post(target, "a=b");
  }

  private static String noise(int bytes) throws IOException {
    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    Noise.writeTo(noise, bytes);
    return noise.toString(StandardCharsets.ISO_8859_1);
  }
}
