package io.tollwatch.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.ledger.store.Pace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

  private final Readers readers = new Readers(2, 1, () -> true);

  /// A virtual thread would keep a carrier, and with it calls, for as long as it reads.
  @Test
  void readOnAThreadOfTheSystems() throws Exception {
    CompletableFuture<Thread> reader = new CompletableFuture<>();

    Thread asks =
        Thread.startVirtualThread(() -> {
          boolean _ = readers.read(() -> reader.complete(Thread.currentThread()));
        });
    asks.join();

    assertThat(reader.get().isVirtual()).isFalse();
    assertThat(reader.get().getName()).isEqualTo("tollwatch-reader");
  }

  @Test
  void areAFewAtATime() throws Exception {
    CountDownLatch reading = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one = threads.submit(() -> readers.read(() -> await(reading, end)));
      Future<Boolean> two = threads.submit(() -> readers.read(() -> await(reading, end)));
      reading.await();

      assertThat(readers.read(() -> {})).isFalse();

      end.countDown();
      assertThat(one.get()).isTrue();
      assertThat(two.get()).isTrue();
    }
    assertThat(readers.read(() -> {})).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 200", // works 50 ms of 250
    "1, 2, 75",
    "2, 2, 200",
    "1, 4, 12",
    "1, 5, 0",
    "1, 64, 0",
    "4, 64, 0"
  })
  void togetherTakeAFifthOfTheMachineWhileCallsAreMade(int reading, int processors, int rest) {
    boolean[] busy = {true};
    Readers some = new Readers(4, processors, () -> busy[0]);
    CompletableFuture<Integer> busyRest = new CompletableFuture<>();
    CompletableFuture<Integer> idleRest = new CompletableFuture<>();

    within(
        some,
        reading,
        () -> {
          busyRest.complete(some.restMillis());
          busy[0] = false;
          idleRest.complete(some.restMillis());
        });

    assertThat(busyRest).isCompletedWithValue(rest);
    assertThat(idleRest).isCompletedWithValue(0);
  }

  private static void within(Readers readers, int count, Runnable work) {
    Runnable inner = count == 1 ? work : () -> within(readers, count - 1, work);
    assertThat(readers.read(inner)).isTrue();
  }

  @Test
  void haveThatPaceWhileTheyRead() {
    CompletableFuture<Integer> rest = new CompletableFuture<>();

    assertThat(readers.read(() -> rest.complete(Pace.restMillis()))).isTrue();

    assertThat(rest).isCompletedWithValue(200);
    assertThat(Pace.restMillis()).isZero();
  }

  @Test
  void whatAReadingThrowsReachesWhoAsked() {
    RuntimeException trouble = new IllegalArgumentException("a report");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              readers.read(() -> {
                throw trouble;
              }))
          .isSameAs(trouble);
    }
    assertThat(readers.read(() -> {})).isTrue();
  }

  private static void await(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
