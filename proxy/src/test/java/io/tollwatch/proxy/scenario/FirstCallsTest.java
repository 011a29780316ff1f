package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// Services that call while the sidecar starts: a call is refused by the operating system, or it is
/// answered by the provider that it asked for. It is never told that there is no such provider.
class FirstCallsTest {

  private static final int CALLERS = 8;

  @TempDir private Path folder;
  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();

  @RepeatedTest(5)
  void findTheirProvider() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (FakeStripe stripe = FakeStripe.start()) {
      Configuration configuration = configuration(port, stripe.url());
      Thread[] callers = new Thread[CALLERS];
      for (int i = 0; i < CALLERS; i++) {
        String key = "first-" + i;
        callers[i] = Thread.ofVirtual().start(() -> callUntilAnswered(port, key));
      }
      var start =
          Sidecar.start(
              configuration,
              () -> new Sidecar.Reread.Right(configuration),
              SystemTime.real(),
              _ -> {});
      try (Sidecar _ = ((Sidecar.Start.Running) start).sidecar()) {
        for (Thread caller : callers) {
          caller.join();
        }
      }
    }
    assertThat(statuses).containsExactly(200);
  }

  private void callUntilAnswered(int port, String key) {
    while (true) {
      try {
        HttpResponse<String> answer =
            Payments.send(Payments.stripe("http://127.0.0.1:" + port + "/stripe", key));
        statuses.add(answer.statusCode());
        return;
      } catch (UncheckedIOException e) {
        Thread.onSpinWait(); // nobody listens yet
      }
    }
  }

  private Configuration configuration(int port, String url) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tollwatch.yaml"),
            """
            data: %s
            egress: {port: %d}
            admin: {port: 0}
            providers: {stripe: {url: "%s"}}
            """
                .formatted(folder.resolve("data"), port, url));
    return ((ConfigReading.Valid) new ConfigReader(Map.of()).read(file)).configuration();
  }
}
