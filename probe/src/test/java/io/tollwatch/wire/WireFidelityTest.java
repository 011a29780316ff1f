package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.echo.Noise;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// P5: what is given to the wire arrives, nothing else does, and the library does nothing of its
/// own.
class WireFidelityTest {

  private final EchoGateway gateway = EchoGateway.start();
  private final Rig rig = Rig.Plan.to(gateway.url()).patience(Rig.SHORT).start();

  @AfterEach
  void close() {
    rig.close();
    gateway.close();
  }

  private ReceivedRequest received() {
    assertThat(gateway.book().awaitRequests(1, Rig.LONG)).isTrue();
    assertThat(gateway.book().requests()).hasSize(1);
    return gateway.book().requests().getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a//b/../c;x=1?y[0]=%2f&z",
        "/",
        "//",
        "/?",
        "/a?",
        "/a?b?c#",
        "/%2e%2e/%2F/%zz",
        "/a|b\"<>^`{}\\",
        "/./a/./",
        "/caf\u00c3\u00a9",
        "/echo@host:80/http://elsewhere/",
      })
  void theTargetArrivesByteForByte(String target) {
    rig.answered(Rig.get(target));
    assertThat(received().target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "REPORT"})
  void allThatArrivesIsWhatWasGiven(String method) {
    Fields fields =
        Fields.of(
            "Host", "gateway.test",
            "x-lower", "1",
            "X-TWICE", "a",
            "Between", "\"quoted\" , (odd) ;=",
            "X-TWICE", "b",
            "X-Empty", "",
            // UTF-8 for the euro sign, as bytes
            "X-Bytes", "\u00e2\u0082\u00ac \u00e9");
    rig.answered(new GatewayRequest(method, "/echo", fields, new RequestBody.None(false)));
    assertThat(received().head().raw())
        .isEqualTo(
            method
                + " /echo HTTP/1.1\r\nHost: gateway.test\r\nx-lower: 1\r\nX-TWICE: a\r\n"
                + "Between: \"quoted\" , (odd) ;=\r\nX-TWICE: b\r\nX-Empty: \r\n"
                + "X-Bytes: \u00e2\u0082\u00ac \u00e9\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 200",
    "HEAD, 200",
    "DELETE, 200",
    "POST, 204",
    "GET, 304",
    "PUT, 201",
    "HEAD, 404",
  })
  void answersWithAndWithoutBody(String method, int status) {
    for (int i = 0; i < 2; i++) {
      Attempt.Answered answered =
          rig.answered(
              new GatewayRequest(
                  method, "/status/" + status, Rig.host(), new RequestBody.None(false)));
      assertThat(answered.answer().status()).isEqualTo(status);
      boolean empty = method.equals("HEAD") || status == 204 || status == 304;
      assertThat(Rig.text(answered)).isEqualTo(empty ? "" : "status " + status + "\n");
      assertThat(answered.body().whole()).isTrue();
      // whatever the body was, the connection is where it should be
      assertThat(answered.connection().reused()).isEqualTo(i == 1);
    }
  }

  @Test
  void theFramingIsTheCallers() {
    byte[] bytes = {'x', 0, (byte) 0xff, '\r', '\n'};
    for (RequestBody body :
        List.of(
            new RequestBody.None(false),
            new RequestBody.None(true),
            new RequestBody.Whole(bytes, false),
            new RequestBody.Whole(bytes, true),
            new RequestBody.Streamed(new ByteArrayInputStream(bytes), OptionalLong.of(5)),
            new RequestBody.Streamed(new ByteArrayInputStream(bytes), OptionalLong.empty()))) {
      rig.answered(Rig.post("/sink", body));
    }
    assertThat(gateway.book().requests())
        .extracting(request -> request.fields().getLast())
        .extracting(field -> field.name() + ": " + field.value())
        .containsExactly(
            "Host: gateway.test",
            "Content-Length: 0",
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            "Transfer-Encoding: chunked");
    assertThat(gateway.book().requests())
        .extracting(request -> request.body().bytes().orElseThrow())
        .containsExactly(new byte[0], new byte[0], bytes, bytes, bytes, bytes);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void bigBodiesPassWhole(boolean chunked) throws IOException {
    int length = 3_000_000;
    ByteArrayOutputStream noise = new ByteArrayOutputStream();
    Noise.writeTo(noise, length);
    RequestBody body =
        new RequestBody.Streamed(
            new ByteArrayInputStream(noise.toByteArray()),
            chunked ? OptionalLong.empty() : OptionalLong.of(length));
    String sink = Rig.text(rig.answered(Rig.post("/sink", body)));
    assertThat(sink).contains(Noise.sha256(length), "" + length);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Attempt attempt =
        rig.send(
            Rig.get((chunked ? "/chunked/" : "/bytes/") + length),
            Rig.Taking.streamed(out),
            new CallerWatch());
    Attempt.Answered answered = Rig.answered(attempt);
    assertThat(out.toByteArray()).isEqualTo(noise.toByteArray());
    assertThat(answered.body().totalBytes()).isEqualTo(length);
    assertThat(answered.body().bytes()).hasSize(Rig.CAPTURE_LIMIT);
    assertThat(answered.body().whole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 401, 407, 429, 503})
  void noStatusIsActedUpon(int status) {
    gateway
        .faults()
        .next(
            Fault.instead(
                Answer.of(status, "text/plain", "no")
                    .with("Location", "/elsewhere")
                    .with("WWW-Authenticate", "Basic realm=\"x\"")
                    .with("Retry-After", "0")));
    assertThat(rig.answered(Rig.get("/pay")).answer().status()).isEqualTo(status);
    received();
  }

  @Test
  void cookiesAreNotKept() {
    gateway
        .faults()
        .next(
            Fault.instead(
                Answer.empty(200).with("Set-Cookie", "a=b; Path=/").with("Set-Cookie", "c=d")));
    Attempt.Answered first = rig.answered(Rig.get("/echo"));
    assertThat(first.answer().fields().all("set-cookie")).containsExactly("a=b; Path=/", "c=d");
    assertThat(Rig.text(rig.answered(Rig.get("/echo")))).doesNotContainIgnoringCase("cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void nothingIsDecompressed(String encoding) {
    Attempt.Answered answered = rig.answered(Rig.get("/packed/" + encoding));
    assertThat(answered.answer().fields().first("Content-Encoding")).contains(encoding);
    assertThat(answered.answer().fields().first("Content-Length"))
        .contains("" + answered.body().bytes().length);
    assertThat(Rig.text(answered))
        .doesNotContain("hello\":\"tollwatch tollwatch tollwatch tollwatch ".repeat(9));
  }

  @Test
  void theFieldsOfAnAnswerKeepCaseOrderAndBytes() {
    String odd = "\u00e2\u0082\u00ac";
    RawGateway.Manners answers =
        visit -> {
          var _ = visit.head();
          visit.say(
              "HTTP/1.1 299 Own  Reason\r\nx-b: 1\r\nX-A: "
                  + odd
                  + "\r\nx-b: 2\r\nX-E:\r\n"
                  + "Content-Length: 0\r\n\r\n");
          var _ = visit.rest();
        };
    try (RawGateway raw = RawGateway.plain(answers);
        Rig other = Rig.to(raw.url())) {
      var answer = other.answered(Rig.get("/")).answer();
      assertThat(answer.status()).isEqualTo(299);
      assertThat(answer.fields().lines())
          .containsExactly(
              new Field("x-b", "1"),
              new Field("X-A", odd),
              new Field("x-b", "2"),
              new Field("X-E", ""),
              new Field("Content-Length", "0"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reset@received",
    "close@received",
    "reset@answered",
    "close@answered",
    "stall@answered",
    "garbage@answered",
    "truncated@answered",
    "status:503@answered",
    "status:500@answered",
  })
  void aCallIsOneRequestWhateverHappens(String mishap) {
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS")) {
      gateway.book().clear();
      // on a reused connection: there libraries like to try again
      rig.answered(Rig.get("/status/204"));
      gateway.faults().next(Mishap.parse(mishap));
      Attempt attempt =
          rig.send(new GatewayRequest(method, "/echo", Rig.host(), new RequestBody.None(false)));
      assertThat(attempt.connection().reused()).isTrue();
      gateway.faults().clear();
      assertThat(gateway.book().awaitRequests(2, Rig.LONG)).isTrue();
      rig.answered(Rig.get("/status/204"));
      assertThat(gateway.book().requests(method, "/echo")).hasSize(1);
    }
  }
}
