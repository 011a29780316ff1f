package io.tollwatch.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Real clients on loopback.
class Http1ListenerTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void clientsThatCannotBeAcceptedAreAcceptedLater() throws Exception {
    FailingServer server =
        new FailingServer(
            new SocketException("Too many open files"),
            new NoClassDefFoundError("Could not initialize class"),
            new OutOfMemoryError("unable to create native thread"),
            new IllegalStateException("a bug"));
    Http1Listener listener = start(server, 10, LONG, _ -> {});
    try (Client client = new Client(listener)) {
      assertThat(client.call()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(server.troubles).isEmpty();
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  /// A place that was lost with each failure would be missed by the next client.
  @Test
  void whatCouldNotBeAcceptedTakesNoPlace() throws Exception {
    FailingServer server =
        new FailingServer(new SocketException("one"), new SocketException("two"));
    Http1Listener listener = start(server, 1, LONG, _ -> {});
    try (Client client = new Client(listener)) {
      assertThat(client.call()).isEqualTo("HTTP/1.1 200 OK");
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  void aClientThatDoesNothingIsClosedAndOneWhoseCallRunsIsNot() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch idleIsGone = new CountDownLatch(1);
    Http1Listener listener =
        start(
            new FailingServer(),
            10,
            Duration.ofMillis(200),
            _ -> {
              running.countDown();
              await(idleIsGone);
            });
    try (Client calling = new Client(listener);
        Client idle = new Client(listener)) {
      calling.send();
      await(running);
      assertThat(idle.line()).as("nothing but the end").isNull();
      idleIsGone.countDown();
      assertThat(calling.line()).isEqualTo("HTTP/1.1 200 OK");
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  void moreClientsThanThereMayBeWaitForOneToGo() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Http1Listener listener = start(new FailingServer(), 1, LONG, _ -> calls.incrementAndGet());
    try (Client first = new Client(listener);
        Client second = new Client(listener)) {
      second.send();
      assertThat(first.call()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(first.call()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(calls).as("those of the first alone").hasValue(2);
      first.close();
      assertThat(second.line()).isEqualTo("HTTP/1.1 200 OK");
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  void stoppingEndsIdleClientsAtOnceAndOthersAfterTheirCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch idleIsGone = new CountDownLatch(1);
    Http1Listener listener =
        start(
            new FailingServer(),
            10,
            LONG,
            _ -> {
              running.countDown();
              await(idleIsGone);
            });
    try (Client calling = new Client(listener);
        Client idle = new Client(listener)) {
      calling.send();
      await(running);
      Thread stopping = Thread.ofVirtual().start(() -> listener.stop(LONG));
      assertThat(idle.line()).isNull();
      idleIsGone.countDown();
      assertThat(calling.line()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(stopping.join(Duration.ofMillis(PATIENCE_MILLIS))).as("it stopped").isTrue();
    }
  }

  /// Bytes that come one by one are one request, and a second one behind it is answered too.
  @Test
  void requestsAreReadHoweverTheyArrive() throws Exception {
    Http1Listener listener = start(new FailingServer(), 10, LONG, _ -> {});
    try (Client client = new Client(listener)) {
      for (byte each : Client.REQUEST) {
        client.socket.getOutputStream().write(each);
      }
      client.send();
      assertThat(client.call()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  /// Who watches the client must not take bytes of a body that somebody else reads.
  @Test
  void aBodyThatStillComesIsReadByOneOnly() throws Exception {
    CountDownLatch watched = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    Http1Listener listener =
        start(
            new FailingServer(),
            10,
            LONG,
            exchange -> {
              exchange.whenGone(() -> {});
              watched.countDown();
              bodies.add(read(exchange));
            });
    try (Client client = new Client(listener)) {
      for (int i = 0; i < 20; i++) {
        client.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 26\r\n\r\n");
        await(watched);
        for (int letter = 'a'; letter <= 'z'; letter++) {
          client.write(Character.toString(letter));
        }
        assertThat(client.answer()).isEqualTo("HTTP/1.1 200 OK");
      }
      assertThat(bodies).hasSize(20).containsOnly("abcdefghijklmnopqrstuvwxyz");
    } finally {
      listener.stop(Duration.ofSeconds(5));
    }
  }

  private static String read(ServerExchange exchange) {
    try {
      return new String(exchange.body().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Http1Listener start(
      ServerSocket server, int connections, Duration idle, Doing doing) {
    return Http1Listener.start(
        "egress",
        server,
        Securing.none(),
        new Answering(doing),
        new Http1Listener.Bounds(8192, connections, idle),
        System::nanoTime);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Fails at first to accept, as a system without files or memory does.
  private static final class FailingServer extends ServerSocket {

    private final Queue<Throwable> troubles;

    FailingServer(Throwable... troubles) throws IOException {
      this.troubles = new ConcurrentLinkedQueue<>(List.of(troubles));
      bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    }

    @Override
    public Socket accept() throws IOException {
      return switch (troubles.poll()) {
        case null -> super.accept();
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new AssertionError(e);
      };
    }
  }

  @FunctionalInterface
  private interface Doing {
    void before(ServerExchange exchange);
  }

  private record Answering(Doing doing) implements Http1Handler {

    @Override
    public void handle(ServerExchange exchange) throws IOException {
      doing.before(exchange);
      exchange.answer().send(new AnswerHead(200, "OK", Fields.none()), new byte[0]);
    }

    @Override
    public void refuse(Refused refused, AnswerWriter answer) {
      throw new AssertionError(refused);
    }
  }

  /// Speaks for itself, so that nothing but the listener decides about the connection.
  private static final class Client implements AutoCloseable {

    private static final byte[] REQUEST =
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final BufferedReader lines;

    Client(Http1Listener listener) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send() throws IOException {
      socket.getOutputStream().write(REQUEST);
    }

    String line() throws IOException {
      return lines.readLine();
    }

    String call() throws IOException {
      send();
      return answer();
    }

    /// The next answer's first line; reads it to its end.
    String answer() throws IOException {
      String first = line();
      String next = first;
      while (next != null && !next.isEmpty()) {
        next = line();
      }
      return first;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
