package io.tollwatch.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LineWriterTest {

  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  void writesAllLinesInOrder() {
    List<String> lines = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
    try (LineWriter writer = new LineWriter(written::add, Duration.ofSeconds(10))) {
      lines.forEach(writer);
    }

    assertThat(written).isEqualTo(lines);
  }

  /// The promise that Tollwatch is never the reason a payment fails (P4): a reader that stopped
  /// reading holds nobody up.
  @Test
  void nobodyWaitsForAPipeThatNobodyReads() {
    CountDownLatch reading = new CountDownLatch(1);
    LineWriter writer =
        new LineWriter(
            line -> {
              awaitUninterrupted(reading);
              written.add(line);
            },
            Duration.ofSeconds(10));

    for (int i = 0; i < 5_000; i++) {
      writer.accept("line " + i);
    }
    reading.countDown();
    writer.close();

    assertThat(written.getFirst()).isEqualTo("line 0");
    assertThat(written).filteredOn(line -> line.startsWith("line ")).hasSizeBetween(1_000, 1_001);
    assertThat(written)
        .filteredOn(line -> line.contains("lines_not_written"))
        .singleElement()
        .asString()
        .matches("\\{\"event\":\"lines_not_written\",\"count\":(3999|4000)}");
  }

  @Test
  void closingDoesNotWaitForEver() {
    CountDownLatch never = new CountDownLatch(1);
    LineWriter writer = new LineWriter(line -> awaitUninterrupted(never), Duration.ofMillis(100));
    writer.accept("stuck");

    writer.close();

    assertThat(written).isEmpty();
    never.countDown();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
