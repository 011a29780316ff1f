package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many attempts at the same time share few connections, and none gets another one's answer.
class ManyAttemptsTest {

  private static final int ATTEMPTS = 200;
  private static final int POOL = 8;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shareThePool(boolean tls) throws Exception {
    try (EchoGateway gateway =
            EchoGateway.start(GatewayOptions.plain().withTls(Certificates.server()));
        Rig rig =
            Rig.Plan.to(tls ? gateway.tlsUrl() : gateway.url())
                .tls(Certificates.trusting())
                .pool(POOL)
                .start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < ATTEMPTS; i++) {
        int number = i;
        attempts.add(threads.submit(() -> rig.send(Rig.post("/echo", "number " + number + "."))));
      }
      for (int i = 0; i < ATTEMPTS; i++) {
        assertThat(Rig.text(Rig.answered(attempts.get(i).get()))).endsWith("number " + i + ".");
      }
      assertThat(gateway.book().requests()).hasSize(ATTEMPTS);
      assertThat(gateway.book().connections()).isBetween(1L, (long) POOL);
    }
  }
}
