package io.tollwatch.proxy.egress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Line line = new Line(1, nanos::get);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    line.change(1_000_000);
    threads.close();
  }

  @Test
  void placesAreGivenInTheOrderInWhichTheyAreWanted() throws Exception {
    assertThat(line.enter()).isTrue();
    List<Future<Boolean>> waiting = List.of(comes(), comes(), comes());

    for (Future<Boolean> next : waiting) {
      assertThat(next).isNotDone();
      line.leave();
      assertThat(next.get(5, SECONDS)).isTrue();
    }
    assertThat(line.free()).isZero();
  }

  @Test
  void whoLeavesALineWithTooManyWithinLeavesNoPlace() throws Exception {
    line.change(2);
    for (int i = 0; i < 3; i++) {
      assertThat(line.enter()).isTrue();
    }
    line.change(-2);
    Future<Boolean> next = comes();

    line.leave();
    line.leave();
    assertThat(line.free()).isZero();
    assertThat(next).isNotDone();
    line.leave();
    assertThat(next.get(5, SECONDS)).isTrue();
  }

  @Test
  void refusesThoseOnlyThatCameBeforeThen() throws Exception {
    assertThat(line.enter()).isTrue();
    Future<Boolean> first = comes();
    nanos.set(10);
    Future<Boolean> second = comes();

    line.refuse(10);

    assertThat(first.get(5, SECONDS)).isFalse();
    assertThat(second).isNotDone();
    assertThat(line.waiting()).isEqualTo(1);
    line.leave();
    assertThat(second.get(5, SECONDS)).isTrue();
  }

  @Test
  void whoIsInterruptedWaitsNoLongerAndIsStillInterrupted() throws Exception {
    assertThat(line.enter()).isTrue();
    AtomicBoolean entered = new AtomicBoolean(true);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread waits =
        Thread.ofVirtual()
            .start(() -> {
              entered.set(line.enter());
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    awaitWaiting(1);

    waits.interrupt();
    assertThat(waits.join(Duration.ofSeconds(5))).isTrue();

    assertThat(entered).isFalse();
    assertThat(interrupted).isTrue();
    assertThat(line.waiting()).isZero();
    line.leave();
    assertThat(line.free()).isEqualTo(1);
  }

  /// Many that come, leave, are refused and interrupted at once: never are more within than there
  /// are places, and in the end all are free.
  @Test
  void losesNoPlaceAndGivesNoneTwice() throws Exception {
    int places = 3;
    line.change(places - 1);
    AtomicInteger within = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    Future<?> refuses =
        threads.submit(() -> {
          while (!over.get()) {
            line.refuse(nanos.incrementAndGet() - 50);
            LockSupport.parkNanos(10_000);
          }
        });
    List<Thread> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int k = 0; k < 500; k++) {
                  if (line.enter()) {
                    most.accumulateAndGet(within.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(10_000);
                    within.decrementAndGet();
                    line.leave();
                  } else {
                    refused.incrementAndGet();
                  }
                  var _ = Thread.interrupted();
                }
              }));
    }
    while (calls.stream().anyMatch(Thread::isAlive)) {
      calls.forEach(Thread::interrupt);
      LockSupport.parkNanos(10_000);
    }
    over.set(true);
    refuses.get(5, SECONDS);

    assertThat(most.get()).isLessThanOrEqualTo(places);
    assertThat(refused.get()).isPositive();
    assertThat(line.free()).isEqualTo(places);
    assertThat(line.waiting()).isZero();
  }

  /// One that waits, behind those that do already.
  private Future<Boolean> comes() {
    int before = line.waiting();
    Future<Boolean> one = threads.submit(line::enter);
    awaitWaiting(before + 1);
    return one;
  }

  private void awaitWaiting(int count) {
    while (line.waiting() < count) {
      Thread.onSpinWait();
    }
  }
}
