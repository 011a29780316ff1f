package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.echo.Noise;
import io.tollwatch.fixtures.http.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients do with their connection: old ones, hasty ones, careful ones.
class ClientKindsTest {

  private static final String HEAD_OF_3 = "Host: localhost\r\nContent-Length: 3\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
  @CsvSource({"GET, bytes", "GET, chunked", "POST, bytes", "POST, chunked"})
  void answersClientsOfHttp10(String method, String framing) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(method + " /echo/" + framing + "/5000 HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc");
      Head head = client.head();
      assertThat(head.startLine()).startsWith("HTTP/1.").endsWith("200 OK");
      assertThat(head.first("Transfer-Encoding")).isEmpty();
      assertThat(client.rest()).as("up to the end of the connection").isEqualTo(noise(5000));
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    try (EgressClient client = rig.client()) {
      String get = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      String post = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
      client.send(
          "GET /echo/bytes/1"
              + get
              + "POST /echo/bytes/2"
              + post
              + "GET /echo/chunked/3"
              + get
              + "POST /echo/bytes/4"
              + post);
      for (int bytes = 1; bytes <= 4; bytes++) {
        assertThat(client.got().body()).isEqualTo(noise(bytes));
      }
    }
  }

  @Test
  void servesManyRequestsOnOneConnection() throws IOException {
    try (EgressClient client = rig.client()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.post("/echo/sink", "abc").got().status()).isEqualTo(200);
      }
    }
    assertThat(gateway.book().requests()).hasSize(20);
    assertThat(gateway.book().requests().stream().map(ReceivedRequest::connection).distinct())
        .as("connections to the provider")
        .hasSize(1);
  }

  @Test
  void endsTheConnectionWhereTheClientWantsIt() throws IOException {
    try (EgressClient client = rig.client()) {
      assertThat(client.get("/echo/bytes/3", "Connection: foo, Close").got().field("Connection"))
          .isEqualTo("close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void answersAClientThatEndedItsSide(String method) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(
          method + " /echo/bytes/3 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab");
      client.end();
      assertThat(client.got().body()).isEqualTo(noise(3));
    }
  }

  @Test
  void streamsEventsAsTheyCome() throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo/events/2?every=60000");
      Head head = client.head();
      assertThat(head.first("Content-Type")).contains("text/event-stream");
      String first = client.next(10);
      assertThat(first).contains("id: 0");
      // the second would come in a minute: nobody can have waited for it
      assertThat(gateway.faults().awaitHeld(1, Duration.ofSeconds(10))).isTrue();
      gateway.faults().release();
      assertThat(client.next(40)).contains("id: 1");
    }
  }

  @Test
  void asksForABodyOnlyWhenItIsWanted() throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("POST /echo/sink HTTP/1.1\r\n" + HEAD_OF_3 + "Expect: 100-Continue\r\n\r\n");
      assertThat(client.head().startLine()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.send("abc").got().body()).contains("\"bytes\":3");
      assertThat(client.get("/echo/bytes/3").got().body()).as("in step").isEqualTo(noise(3));
    }
    assertThat(gateway.book().requests().getFirst().head().first("Expect")).isEmpty();
  }

  @Test
  void neverAsksForABodyThatIsRefused() throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("POST /nobody/x HTTP/1.1\r\n" + HEAD_OF_3 + "Expect: 100-continue\r\n\r\n");
      assertThat(client.got().status()).as("not 100").isEqualTo(404);
      assertThat(client.rest()).as("the body may come or not, so this ends").isEmpty();
    }
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passesAnEarlyAnswerOnToAClientThatFirstSendsAll(boolean chunked) throws IOException {
    String megabyte = "a".repeat(1 << 20);
    try (EgressClient client = rig.client()) {
      client.send("POST /echo/early/413 HTTP/1.1\r\nHost: localhost\r\n");
      client.send(
          chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 33554432\r\n\r\n");
      for (int i = 0; i < 32; i++) {
        client.send(chunked ? "100000\r\n" + megabyte + "\r\n" : megabyte);
      }
      client.send(chunked ? "0\r\n\r\n" : "");
      assertThat(client.got().status()).isEqualTo(413);
    }
    assertThat(gateway.book().awaitRequests(1, PATIENCE)).isTrue();
    assertThat(gateway.book().requests()).noneMatch(ReceivedRequest::complete);
  }

  private static String noise(int bytes) throws IOException {
    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    Noise.writeTo(noise, bytes);
    return noise.toString(StandardCharsets.ISO_8859_1);
  }
}
