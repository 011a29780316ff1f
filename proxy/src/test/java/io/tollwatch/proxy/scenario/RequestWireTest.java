package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.http.HeaderField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P5 on the way to the provider: what the book of the gateway holds is what the client sent.
class RequestWireTest {

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sink",
        "/sink?",
        "/sink??a=b?c",
        "/sink/%2F%2f%7e~%41%zz%",
        "/sink//a///b/",
        "/sink;v=1/a;b=c;d",
        "/sink?expand[0]=data.x&a[]={}&b=|^`\"<>\\",
        "/sink/{id}|\\x?",
        "/sink?q=a+b%20c&&=&",
        "/sink/\u00e9\u0080\u00ff?\u00c3\u00a9",
        "/sink/a:b@c",
        "/sink?http://elsewhere.invalid/../x",
        "//sink",
        "/",
        "/?"
      })
  void keepsTheTargetByteForByte(String target) throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo" + target).got();
    }
    assertThat(received().target()).isEqualTo(target);
  }

  @Test
  void asksForTheRootWhereNoPathIsGiven() throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo").got();
      client.get("/echo?a").got();
    }
    assertThat(gateway.book().requests().stream().map(ReceivedRequest::target))
        .containsExactly("/", "/?a");
  }

  @Test
  void keepsFieldNamesValuesDuplicatesAndTheirOrder() throws IOException {
    try (EgressClient client = rig.client()) {
      client
          .get(
              "/echo/sink",
              "x-LOWER-and-UPPER: a",
              "Signature: first",
              "signature: second, with comma",
              "X-Latin: \u00e9\u00ff\u0080",
              "X-Empty:",
              "X-Tight:tight",
              "X-Inner: a  \t b",
              "SIGNATURE: third",
              "Cookie: a=b",
              "Accept-Encoding: br",
              "User-Agent: one/1",
              "Authorization: Bearer sk_test_fixture",
              "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
          .got();
    }
    assertThat(received().fields())
        .containsExactly(
            field("Host", gateway.url().substring("http://".length())),
            field("x-LOWER-and-UPPER", "a"),
            field("Signature", "first"),
            field("signature", "second, with comma"),
            field("X-Latin", "\u00e9\u00ff\u0080"),
            field("X-Empty", ""),
            field("X-Tight", "tight"),
            field("X-Inner", "a  \t b"),
            field("SIGNATURE", "third"),
            field("Cookie", "a=b"),
            field("Accept-Encoding", "br"),
            field("User-Agent", "one/1"),
            field("Authorization", "Bearer sk_test_fixture"),
            field("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
  }

  @Test
  void addsNothingButHostAndTraceContext() throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo/sink").got();
    }
    assertThat(received().fields())
        .extracting(HeaderField::name)
        .containsExactly("Host", "traceparent");
  }

  @Test
  void dropsWhatIsForOneHopOnly() throws IOException {
    try (EgressClient client = rig.client()) {
      client
          .get(
              "/echo/sink",
              "Connection: keep-alive, X-Hop",
              "connection: X-Other",
              "x-hop: 1",
              "X-Other: 2",
              "Keep-Alive: timeout=5",
              "Proxy-Connection: keep-alive",
              "Proxy-Authorization: Basic eA==",
              "TE: trailers",
              "Trailer: X-Sum",
              "Upgrade: h2c",
              "Tollwatch-Token: mine",
              "tollwatch-exchange: forged",
              "X-Stays: 3")
          .got();
    }
    assertThat(received().fields())
        .extracting(HeaderField::name)
        .containsExactly("Host", "X-Stays", "traceparent");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 65_536, 65_537, 300_000})
  void keepsABodyAndItsLength(int bytes) throws IOException {
    String body = noise(bytes);
    try (EgressClient client = rig.client()) {
      assertThat(client.post("/echo/sink", body).got().body()).contains("\"bytes\":" + bytes);
    }
    assertThat(received().head().all("Content-Length")).containsExactly(Integer.toString(bytes));
    assertThat(received().head().first("Transfer-Encoding")).isEmpty();
    assertSameBody(body);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 65_536, 65_537, 300_000})
  void keepsABodyInChunks(int bytes) throws IOException {
    String body = noise(bytes);
    StringBuilder chunks = new StringBuilder();
    for (int from = 0; from < bytes; from += 7_777) {
      String chunk = body.substring(from, Math.min(bytes, from + 7_777));
      chunks.append(Integer.toHexString(chunk.length())).append(";ext=\"1\"\r\n");
      chunks.append(chunk).append("\r\n");
    }
    try (EgressClient client = rig.client()) {
      client.send(
          "POST /echo/sink HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n");
      client.send(chunks + "0\r\nX-Trailer: 1\r\n\r\n");
      assertThat(client.got().status()).isEqualTo(200);
      assertThat(client.get("/echo/sink").got().status()).isEqualTo(200);
    }
    ReceivedRequest received = gateway.book().requests().getFirst();
    assertThat(received.head().all("Transfer-Encoding")).containsExactly("chunked");
    assertThat(received.head().first("Content-Length")).isEmpty();
    assertThat(received.complete()).isTrue();
    assertThat(received.body().lengthBytes()).isEqualTo(bytes);
    received.body().bytes().ifPresent(b -> assertThat(b).isEqualTo(EgressClient.bytes(body)));
  }

  @Test
  void leavesAPackedBodyPacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("amount=1000&currency=eur".getBytes(StandardCharsets.US_ASCII));
    }
    String body = packed.toString(StandardCharsets.ISO_8859_1);
    try (EgressClient client = rig.client()) {
      client.post("/echo/sink", body, "Content-Encoding: gzip").got();
    }
    assertThat(received().head().all("Content-Encoding")).containsExactly("gzip");
    assertSameBody(body);
  }

  private static ReceivedRequest received() {
    List<ReceivedRequest> all = gateway.book().requests();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static void assertSameBody(String body) {
    ReceivedRequest received = received();
    assertThat(received.complete()).isTrue();
    assertThat(received.body().lengthBytes()).isEqualTo(body.length());
    received.body().bytes().ifPresent(b -> assertThat(b).isEqualTo(EgressClient.bytes(body)));
  }

  private static String noise(int bytes) {
    byte[] noise = new byte[bytes];
    new SplittableRandom(7).nextBytes(noise);
    return new String(noise, StandardCharsets.ISO_8859_1);
  }

  private static HeaderField field(String name, String value) {
    return new HeaderField(name, value);
  }
}
