package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.SystemTime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More work than the machine's processors can do, as the thread that measures how long threads
/// wait for one finds it: here its clock is late. How busy processors make it wait is
/// `ProcessorWaitTest`'s; what calls get of them then is measured by `proxy/bench/overload.sh`.
class OverloadedTest {

  /// More than are never too many.
  private static final int UNDER_WAY = 24 * Runtime.getRuntime().availableProcessors();

  private static final int MORE = 20;
  private static final int LOOKS = 6;
  private static final Duration LATE = Duration.ofMillis(100);

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();
  private final AtomicInteger lateLooks = new AtomicInteger();
  private volatile boolean busy;

  @AfterEach
  void stop() {
    stripe.faults().clear();
    stripe.close();
  }

  @Test
  void refusesWithNothingSentWhatFindsNoPlaceInTime() throws Exception {
    try (EgressRig rig =
        EgressRig.startAt(
            folder,
            new SystemTime(InstantSource.system(), this::nanos),
            EgressRig.provider("stripe", "stripe", stripe.url(), "pool-size: 4096"))) {
      stripe.faults().always(Fault.stall());
      List<CompletableFuture<HttpResponse<String>>> early = new ArrayList<>();
      for (String key : keys("early", UNDER_WAY).toList()) { // at once they might be too many
        early.add(pay(rig, key));
        assertThat(stripe.faults().awaitHeld(early.size(), MoneyRig.LIMIT)).isTrue();
      }

      busy = true;
      Eventually.holds("several looks have found it", () -> lateLooks.get() > LOOKS);
      assertThat(metric("tollwatch_overloaded")).isEqualTo(1);
      List<HttpResponse<String>> refused =
          answers(keys("more", MORE).map(key -> pay(rig, key)).toList());
      busy = false;
      stripe.faults().clear();

      assertThat(refused)
          .allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                .contains("urn:tollwatch:problem:overloaded")
                .contains("\"sent\":false");
            assertThat(Payments.money(answer)).isEqualTo("not_sent");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
          });
      assertThat(metric("tollwatch_overload_refused_total")).isEqualTo(MORE);
      assertThat(answers(early)).allMatch(answer -> answer.statusCode() == 200);
      assertThat(received()).isEqualTo(keys("early", UNDER_WAY).collect(Collectors.toSet()));
      assertThat(pay(rig, "after").join().statusCode()).isEqualTo(200);
    }
  }

  private long nanos() {
    boolean measuring = Thread.currentThread().getName().equals("tollwatch-processor-wait");
    if (!busy || !measuring) {
      return System.nanoTime();
    }
    lateLooks.incrementAndGet();
    return System.nanoTime() + LATE.toNanos();
  }

  private static CompletableFuture<HttpResponse<String>> pay(EgressRig rig, String key) {
    return Payments.sendAsync(Payments.stripe(rig.egress() + "/stripe", key));
  }

  private static Stream<String> keys(String name, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> name + "-" + i);
  }

  private static List<HttpResponse<String>> answers(
      List<CompletableFuture<HttpResponse<String>>> calls) {
    return calls.stream().map(CompletableFuture::join).toList();
  }

  /// The keys of all requests of which the gateway knows.
  private Set<String> received() {
    return stripe.book().requests().stream()
        .map(it -> it.head().first("Idempotency-Key").orElse("(none)"))
        .collect(Collectors.toSet());
  }

  private double metric(String name) {
    return Admin.of(folder.resolve("data"))
        .get("/metrics")
        .body()
        .lines()
        .filter(it -> it.startsWith(name + " "))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }
}
