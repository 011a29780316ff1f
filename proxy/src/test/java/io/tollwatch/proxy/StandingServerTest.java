package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StandingServerTest {

  private static final int FILES = 256;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// With Helidon's listener alone nobody is answered any more.
  @Test
  @Timeout(60)
  void answersAgainAfterFilesRanOut() throws Exception {
    Process child =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + FILES + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:-MaxFDLimit",
                "-cp",
                System.getProperty("java.class.path"),
                NoFilesLeft.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader told = child.inputReader();
        PrintWriter word = new PrintWriter(child.outputWriter(), true);
        HttpClient client = HttpClient.newHttpClient()) {
      int port = Integer.parseInt(told.readLine());
      assertThat(status(client, port)).isEqualTo(200);

      word.println();
      assertThat(told.readLine()).isEqualTo("taken");
      endOf(port);

      word.println();
      assertThat(told.readLine()).isEqualTo("let go");
      while (!answers(client, port)) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /// Connects until nobody listens any more: what can't be accepted has ended the listener.
  private static void endOf(int port) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (ConnectException e) {
        return;
      }
    }
  }

  private static boolean answers(HttpClient client, int port) throws InterruptedException {
    try {
      return status(client, port) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int status(HttpClient client, int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
