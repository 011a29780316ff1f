package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More work than the machine's processors can do. What the calls that are taken get of them then
/// is measured by `proxy/bench/overload.sh`.
class OverloadedTest {

  private static final int TRIES = 10_000;
  private static final long WORK_NANOS = 5_000;

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private final List<Thread> inLine = new ArrayList<>();

  @AfterEach
  void stop() {
    inLine.forEach(Thread::interrupt);
    stripe.close();
  }

  @Test
  void refusesCallsWithNothingSentWhileTheLineIsLong() throws Exception {
    try (EgressRig rig =
        EgressRig.start(folder, EgressRig.provider("stripe", "stripe", stripe.url()))) {
      assertThat(pay(rig, "before").statusCode()).isEqualTo(200);

      standInLine(1_000 * Runtime.getRuntime().availableProcessors());
      int taken = 1;
      HttpResponse<String> answer = pay(rig, "first");
      while (answer.statusCode() == 200 && taken < TRIES) {
        taken++;
        answer = pay(rig, "call-" + taken);
      }

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("urn:tollwatch:problem:overloaded", "\"sent\":false");
      assertThat(Payments.money(answer)).isEqualTo("not_sent");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(stripe.book().charges()).hasSize(taken);
      assertThat(Admin.of(folder.resolve("data")).get("/metrics").body())
          .contains("tollwatch_overload_refused_total 1.0", "tollwatch_overloaded 1.0");

      leave();
      assertThat(pay(rig, "after").statusCode()).isEqualTo(200);
    }
  }

  /// Threads that are woken again and again, each for a moment of work.
  private void standInLine(int count) {
    for (int i = 0; i < count; i++) {
      inLine.add(
          Thread.startVirtualThread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
              long begun = System.nanoTime();
              while (System.nanoTime() - begun < WORK_NANOS) {
                Thread.onSpinWait();
              }
              LockSupport.park();
            }
          }));
    }
    List<Thread> woken = List.copyOf(inLine);
    inLine.add(
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                woken.forEach(LockSupport::unpark);
              }
            }));
  }

  private void leave() throws InterruptedException {
    inLine.forEach(Thread::interrupt);
    for (Thread thread : inLine) {
      thread.join(Duration.ofSeconds(10));
    }
    inLine.clear();
  }

  private static HttpResponse<String> pay(EgressRig rig, String key) {
    return Payments.send(Payments.stripe(rig.egress() + "/stripe", key));
  }
}
