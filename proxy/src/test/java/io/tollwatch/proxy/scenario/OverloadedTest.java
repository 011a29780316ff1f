package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More work than the machine's processors can do. What the calls that are taken get of them then
/// is measured by `proxy/bench/overload.sh`.
class OverloadedTest {

  private static final int CALLS = 150 * Runtime.getRuntime().availableProcessors();
  private static final int OTHERS = 400 * Runtime.getRuntime().availableProcessors();
  private static final int ROUNDS = 20;
  private static final long WORK_NANOS = 250_000;

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private final List<Thread> inLine = new ArrayList<>();

  @AfterEach
  void stop() {
    inLine.forEach(Thread::interrupt);
    stripe.close();
  }

  @Test
  void refusesWithNothingSentWhatFindsNoPlaceInTime() throws Exception {
    try (EgressRig rig =
        EgressRig.start(folder, EgressRig.provider("stripe", "stripe", stripe.url()))) {
      assertThat(pay(rig, "before").statusCode()).isEqualTo(200);

      standInLine(OTHERS);
      List<HttpResponse<String>> answers = List.of();
      List<HttpResponse<String>> refused = List.of();
      int charged = 0;
      for (int round = 0; round < ROUNDS && refused.isEmpty(); round++) {
        int before = stripe.book().charges().size();
        answers = payAtOnce(rig, "round-" + round);
        refused = answers.stream().filter(OverloadedTest::isRefused).toList();
        charged = stripe.book().charges().size() - before;
      }

      assertThat(refused).isNotEmpty();
      assertThat(answers.stream().filter(it -> it.statusCode() == 200)).hasSize(charged);
      for (HttpResponse<String> each : refused) {
        assertThat(each.statusCode()).isEqualTo(503);
        assertThat(each.body()).contains("\"sent\":false");
        assertThat(Payments.money(each)).isEqualTo("not_sent");
        assertThat(each.headers().firstValue("Retry-After")).hasValue("1");
      }
      leave();
      assertThat(Admin.of(folder.resolve("data")).get("/metrics").body())
          .contains("tollwatch_overload_refused_total %.1f".formatted((double) refused.size()));
      assertThat(pay(rig, "after").statusCode()).isEqualTo(200);
    }
  }

  /// Others may have waited for a connection for too long, which is no matter of the machine's.
  private static boolean isRefused(HttpResponse<String> answer) {
    return answer.body().contains("urn:tollwatch:problem:overloaded");
  }

  private static List<HttpResponse<String>> payAtOnce(EgressRig rig, String name) throws Exception {
    List<Future<HttpResponse<String>>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLS)) {
      for (int i = 0; i < CALLS; i++) {
        String key = name + "-" + i;
        calls.add(callers.submit(() -> pay(rig, key)));
      }
    }
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (Future<HttpResponse<String>> call : calls) {
      answers.add(call.get());
    }
    return answers;
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
