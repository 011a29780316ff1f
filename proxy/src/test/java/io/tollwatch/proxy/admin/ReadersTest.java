package io.tollwatch.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReadersTest {

  private final Readers readers = new Readers(2);

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
