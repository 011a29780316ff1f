package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.egress.LastResort;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.proxy.http1.Http1Handler;
import io.tollwatch.proxy.http1.Http1Listener;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.Securing;
import io.tollwatch.proxy.http1.ServerExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Over a real socket: what a caller gets where a call fails inside Tollwatch.
class LastResortTest {

  private static Stream<Throwable> troubles() {
    return Stream.of(
        new IllegalStateException("4242424242424242 is in it"),
        new OutOfMemoryError("of this test"),
        new StackOverflowError("of this test"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aCallThatFailsIsAnsweredAsOneThatMayHaveBeenSent(Throwable trouble) throws Exception {
    HttpResponse<String> answer = call(_ -> fail(trouble));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Tollwatch-Money")).contains("in_doubt");
    assertThat(answer.headers().firstValue("Connection")).contains("close");
    assertThat(answer.body())
        .contains("urn:tollwatch:problem:tollwatch-failed", "may have been sent")
        .doesNotContain("4242");
  }

  /// A second answer behind the beginning of the first would be read as its body.
  @ParameterizedTest
  @MethodSource("troubles")
  void anAnswerThatWasBegunIsCut(Throwable trouble) {
    assertThatThrownBy(() ->
            call(exchange -> {
              OutputStream out =
                  exchange.answer().stream(
                      new AnswerHead(200, "OK", Fields.none()), OptionalLong.of(10));
              out.write('a');
              out.flush();
              fail(trouble);
            }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fixed content-length: 10, bytes received: 1");
  }

  @Test
  void whatIsAnsweredGoesThrough() throws Exception {
    HttpResponse<String> answer =
        call(exchange ->
            exchange.answer().send(new AnswerHead(201, "Made", Fields.none()), new byte[] {'b'}));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("b");
    assertThat(answer.headers().firstValue("Connection")).isEmpty();
  }

  private static void fail(Throwable trouble) {
    switch (trouble) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError(trouble);
    }
  }

  /// One call to a listener with that handler behind the last resort.
  private static HttpResponse<String> call(Answer answer) throws Exception {
    Http1Listener listener =
        Http1Listener.open(
            "egress",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Securing.none(),
            new LastResort(new Answering(answer)),
            new Http1Listener.Bounds(8192, 16, Duration.ofSeconds(30)),
            System::nanoTime);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.address().getPort()))
              .build(),
          BodyHandlers.ofString());
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  private interface Answer {
    void to(ServerExchange exchange) throws IOException;
  }

  private record Answering(Answer answer) implements Http1Handler {

    @Override
    public void handle(ServerExchange exchange) throws IOException {
      answer.to(exchange);
    }

    @Override
    public void refuse(Refused refused, AnswerWriter writer) {
      throw new AssertionError(refused);
    }
  }
}
