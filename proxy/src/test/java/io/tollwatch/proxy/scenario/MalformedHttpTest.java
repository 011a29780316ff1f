package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not well-formed HTTP/1 is answered with a problem document, ends the connection, and
/// never becomes a request at the gateway.
class MalformedHttpTest {

  private static final String POST = "POST /echo/sink HTTP/1.1\r\nHost: localhost\r\n";

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
    gateway.book().clear();
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments("one word", 400, "GARBAGE\r\n\r\n"),
        arguments("no version", 400, "GET /echo/sink\r\nHost: localhost\r\n\r\n"),
        arguments("no target", 400, "GET HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments(
            "blank in the target", 400, "GET /echo/si nk HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("two blanks", 400, "GET  /echo/sink HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("tab", 400, "GET\t/echo/sink\tHTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("blank in front", 400, " GET /echo/sink HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("words behind", 400, "GET /echo/sink HTTP/1.1 x\r\nHost: localhost\r\n\r\n"),
        arguments("method", 400, "G@T /echo/sink HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("version in letters", 400, "GET /echo/sink HTTP/x.y\r\nHost: localhost\r\n\r\n"),
        arguments("lower-case version", 400, "GET /echo/sink http/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("other protocol", 400, "GET /echo/sink ICY/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("HTTP/2", 505, "GET /echo/sink HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        arguments("HTTP/0.9", 505, "GET /echo/sink HTTP/0.9\r\nHost: localhost\r\n\r\n"),
        arguments("HTTP/1.2", 505, "GET /echo/sink HTTP/1.2\r\nHost: localhost\r\n\r\n"),
        arguments("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        arguments("TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n"),
        arguments(
            "bare CR in the target", 400, "GET /echo/si\rnk HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("bare CR in a value", 400, POST + "X-A: b\rX-C: d\r\n\r\n"),
        arguments("bare CR in front of a name", 400, POST + "\rX-A: b\r\n\r\n"),
        arguments("NUL in the target", 400, "GET /echo/si\0nk HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("NUL in a value", 400, POST + "X-A: b\0c\r\n\r\n"),
        arguments("NUL in a name", 400, POST + "X\0A: b\r\n\r\n"),
        arguments("DEL in a value", 400, POST + "X-A: \u007f\r\n\r\n"),
        arguments("folded line", 400, POST + "X-A: b\r\n c\r\n\r\n"),
        arguments(
            "folded with a tab", 400, POST + "X-A: b\r\n\tTransfer-Encoding: chunked\r\n\r\n"),
        arguments(
            "blank before the first field",
            400,
            "GET /echo/sink HTTP/1.1\r\n Host: localhost\r\n\r\n"),
        arguments("blank before the colon", 400, POST + "X-A : b\r\n\r\n"),
        arguments("blank in a length's name", 400, POST + "Content-Length : 3\r\n\r\nabc"),
        arguments("empty name", 400, POST + ": b\r\n\r\n"),
        arguments("no colon", 400, POST + "X-A\r\n\r\n"),
        arguments("odd name", 400, POST + "X(A): b\r\n\r\n"),
        arguments("name in Latin-1", 400, POST + "X-\u00e9: b\r\n\r\n"),
        arguments(
            "two framings",
            400,
            POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        arguments(
            "two framings, turned",
            400,
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc"),
        arguments("two lengths", 400, POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
        arguments(
            "the same length twice",
            400,
            POST + "Content-Length: 3\r\ncontent-length: 3\r\n\r\nabc"),
        arguments("list of lengths", 400, POST + "Content-Length: 3, 3\r\n\r\nabc"),
        arguments("negative length", 400, POST + "Content-Length: -3\r\n\r\nabc"),
        arguments("signed length", 400, POST + "Content-Length: +3\r\n\r\nabc"),
        arguments("hexadecimal length", 400, POST + "Content-Length: 0x3\r\n\r\nabc"),
        arguments("empty length", 400, POST + "Content-Length:\r\n\r\nabc"),
        arguments("huge length", 400, POST + "Content-Length: 99999999999999999999\r\n\r\nabc"),
        arguments("unknown coding", 501, POST + "Transfer-Encoding: gzip\r\n\r\n"),
        arguments("identity", 501, POST + "Transfer-Encoding: identity\r\n\r\n"),
        arguments(
            "chunked, identity",
            501,
            POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        arguments("gzip, chunked", 501, POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        arguments(
            "two codings",
            501,
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        arguments("xchunked", 501, POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        arguments("vertical tab", 400, POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
        arguments("empty coding", 501, POST + "Transfer-Encoding:\r\n\r\n"),
        arguments(
            "coding in HTTP/1.0",
            400,
            "POST /echo/sink HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("heads")
  void refusesAHeadThatIsNotWellFormed(String what, int status, String head) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(head);
      assertRefused(client, status);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "\r\nabc\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        "8000000000000000\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc0\r\n\r\n",
        "3 3\r\nabc\r\n0\r\n\r\n",
        "3\r\nabc\r\n0\r\nX-A\r\n\r\n"
      })
  void refusesABrokenChunk(String chunks) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      assertRefused(client, 400);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void neverEndsAStreamedBodyAtABrokenChunk() throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("20000\r\n" + "a".repeat(0x20000) + "\r\nbroken\r\n0\r\n\r\n");
      assertThat(client.got().status()).isIn(400, 502);
      assertThat(client.rest()).isEmpty();
    }
    assertThat(gateway.book().awaitRequests(1, Duration.ofSeconds(5))).isTrue();
    assertThat(gateway.book().requests()).noneMatch(ReceivedRequest::complete);
  }

  @Test
  void refusesTooManyFields() throws IOException {
    try (EgressClient client = rig.client()) {
      client.sendWhatIsTaken(POST + "X-A: b\r\n".repeat(100_000) + "\r\n");
      assertRefused(client, 431);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Long: ", ""})
  void refusesAHeadThatIsTooLong(String start) throws IOException {
    try (EgressClient client = rig.client()) {
      client.sendWhatIsTaken(POST + start + "a".repeat(1_000_000));
      assertRefused(client, 431);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 31_000})
  void refusesATargetThatIsTooLong(int length) throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo/sink?" + "a".repeat(length));
      assertRefused(client, 414);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET /echo/sink HTTP/1.1",
        "GET /echo/sink HTTP/1.1\r\n",
        "GET /echo/sink HTTP/1.1\r\nHost: localhost",
        "GET /echo/sink HTTP/1.1\r\nHost: localhost\r\n",
        "GET /echo/sink HTTP/1.1\r\nHost: localhost\r\n\r"
      })
  void takesHalfAHeadForNothing(String half) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(half).end();
      assertThat(client.rest()).isEmpty();
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r\n\r\n"})
  void forgivesEmptyLinesInFrontOfARequest(String lines) throws IOException {
    try (EgressClient client = rig.client()) {
      assertThat(client.send(lines).get("/echo/sink").got().status()).isEqualTo(200);
    }
  }

  private static void assertRefused(EgressClient client, int status) throws IOException {
    EgressClient.Got got = client.got();
    assertThat(got.status()).as(got.body()).isEqualTo(status);
    assertThat(got.field("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.field("Connection")).isEqualTo("close");
    assertThat(got.body()).contains("urn:tollwatch:problem:").contains("\"sent\":false");
    assertThat(client.rest()).as("the end of the connection").isEmpty();
  }
}
