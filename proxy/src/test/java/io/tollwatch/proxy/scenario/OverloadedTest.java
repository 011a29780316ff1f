package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More work than the machine's processors can do. What the calls that are taken get of them then
/// is measured by `proxy/bench/overload.sh`.
class OverloadedTest {

  private static final int CALLS = 150 * Runtime.getRuntime().availableProcessors();
  private static final int OTHERS = 250 * Runtime.getRuntime().availableProcessors();
  private static final int ROUNDS = 20;
  private static final long WORK_NANOS = 250_000;
  private static final long KNOCK_EACH_NANOS = 5_000_000;

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private final List<Pipe> others = new ArrayList<>();
  private final List<Thread> inLine = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    leave();
    stripe.close();
  }

  @Test
  void refusesWithNothingSentWhatFindsNoPlaceInTime() throws Exception {
    try (EgressRig rig =
        EgressRig.start(folder, EgressRig.provider("stripe", "stripe", stripe.url()))) {
      assertThat(pay(rig, "before").statusCode()).isEqualTo(200);

      standInLine(OTHERS);
      Map<String, HttpResponse<String>> answers = Map.of();
      Map<String, HttpResponse<String>> refused = Map.of();
      int refusedInAll = 0;
      for (int round = 0; round < ROUNDS && refused.isEmpty(); round++) {
        answers = payAtOnce(rig, "round-" + round);
        refused = refused(answers);
        refusedInAll += refused.size();
      }
      leave();

      assertThat(refused).isNotEmpty();
      Set<String> received = received();
      refused.forEach((key, answer) -> {
        assertThat(received).doesNotContain(key);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"sent\":false");
        assertThat(Payments.money(answer)).isEqualTo("not_sent");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      });
      assertThat(answers.entrySet())
          .filteredOn(it -> it.getValue().statusCode() == 200)
          .allSatisfy(it -> assertThat(received).contains(it.getKey()));
      assertThat(overloadRefused()).isGreaterThanOrEqualTo(refusedInAll);
      assertThat(pay(rig, "after").statusCode()).isEqualTo(200);
    }
  }

  /// Others may have waited for a connection for too long, which is no matter of the machine's.
  private static Map<String, HttpResponse<String>> refused(
      Map<String, HttpResponse<String>> answers) {
    return answers.entrySet().stream()
        .filter(it -> it.getValue().body().contains("urn:tollwatch:problem:overloaded"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// The keys of all requests of which the gateway knows.
  private Set<String> received() {
    return stripe.book().requests().stream()
        .map(it -> it.head().first("Idempotency-Key").orElse("(none)"))
        .collect(Collectors.toSet());
  }

  private double overloadRefused() {
    return Admin.of(folder.resolve("data"))
        .get("/metrics")
        .body()
        .lines()
        .filter(it -> it.startsWith("tollwatch_overload_refused_total "))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  /// The answers by their calls' keys. A caller has no answer where its own patience ended, which
  /// on a busy machine is nobody's fault.
  private static Map<String, HttpResponse<String>> payAtOnce(EgressRig rig, String name)
      throws Exception {
    Map<String, HttpResponse<String>> answers = new ConcurrentHashMap<>();
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLS)) {
      for (int i = 0; i < CALLS; i++) {
        String key = name + "-" + i;
        calls.add(callers.submit(() -> patiently(() -> answers.put(key, pay(rig, key)))));
      }
    }
    for (Future<?> call : calls) {
      call.get();
    }
    return answers;
  }

  private static void patiently(Runnable call) {
    try {
      call.run();
    } catch (UncheckedIOException e) {
      assertThat(e).hasCauseInstanceOf(HttpTimeoutException.class);
    }
  }

  /// Threads that wait at pipes as those of calls do at sockets, each for a moment of work.
  private void standInLine(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Pipe pipe = Pipe.open();
      pipe.sink().configureBlocking(false);
      others.add(pipe);
      inLine.add(Thread.startVirtualThread(() -> workAt(pipe.source())));
    }
    inLine.add(Thread.ofPlatform().daemon().start(this::knock));
  }

  private static void workAt(Pipe.SourceChannel source) {
    ByteBuffer heard = ByteBuffer.allocate(1_024);
    try (source) {
      while (source.read(heard.clear()) > 0) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < WORK_NANOS) {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void knock() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (Pipe pipe : others) {
          var _ = pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        }
        LockSupport.parkNanos(KNOCK_EACH_NANOS);
      }
    } catch (ClosedByInterruptException e) {
      // asked to leave
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leave() throws Exception {
    inLine.getLast().interrupt();
    inLine.getLast().join();
    for (Pipe pipe : others) {
      pipe.sink().close(); // the thread at it then reads the end
    }
    for (Thread thread : inLine) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  private static HttpResponse<String> pay(EgressRig rig, String key) {
    return Payments.send(Payments.stripe(rig.egress() + "/stripe", key));
  }
}
