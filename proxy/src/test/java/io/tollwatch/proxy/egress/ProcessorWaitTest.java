package io.tollwatch.proxy.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessorWaitTest {

  private static final Duration WORK = Duration.ofMillis(300);

  @Test
  void isShortWhereNobodyElseWantsAProcessor() throws Exception {
    try (ProcessorWait wait = ProcessorWait.start(System::nanoTime)) {
      assertThat(least(wait, 20)).isLessThan(Duration.ofMillis(10));
    }
  }

  @Test
  void isWhatOthersInLineTakeBeforeIt() throws Exception {
    try (ProcessorWait wait = ProcessorWait.start(System::nanoTime)) {
      var _ = least(wait, 3);
      List<Thread> others = new ArrayList<>();
      CountDownLatch busy = new CountDownLatch(Runtime.getRuntime().availableProcessors());
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        others.add(
            Thread.startVirtualThread(() -> {
              busy.countDown();
              work();
            }));
      }
      busy.await();

      var _ = wait.getAsLong();
      Thread.sleep(WORK.dividedBy(2));
      assertThat(Duration.ofNanos(wait.getAsLong())) // nobody has answered yet
          .isGreaterThan(WORK.dividedBy(3));
      for (Thread each : others) {
        each.join();
      }
      Thread.sleep(WORK);
      assertThat(Duration.ofNanos(wait.getAsLong())).isGreaterThan(WORK.dividedBy(2));
    }
  }

  @Test
  void asksNobodyOnceItIsClosed() {
    ProcessorWait wait = ProcessorWait.start(System::nanoTime);
    wait.close();

    var _ = wait.getAsLong();
    assertThat(wait.getAsLong()).isZero();
  }

  private static Duration least(ProcessorWait wait, int looks) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < looks; i++) {
      var _ = wait.getAsLong();
      Thread.sleep(Duration.ofMillis(20));
      least = Math.min(least, wait.getAsLong());
      Thread.sleep(Duration.ofMillis(20));
    }
    return Duration.ofNanos(least);
  }

  private static void work() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WORK.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
