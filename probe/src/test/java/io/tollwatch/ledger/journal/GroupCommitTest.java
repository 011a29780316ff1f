package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.journal.Appended.Kept;
import io.tollwatch.ledger.journal.Appended.KeptUnforced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Durability for a loss of power. The disk is held up here by permits: a force waits for one.
@Timeout(60)
class GroupCommitTest {

  private static final JournalSettings SETTINGS =
      Reading.small().withDurability(Durability.FSYNC).withForceLimit(Duration.ofSeconds(30));
  private static final byte[] PAYLOAD = Reading.bytes("record");

  @TempDir private Path temp;
  private final Semaphore permits = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private final AtomicInteger forces = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();

  private void force(MemorySegment part) {
    begun.release();
    permits.acquireUninterruptibly();
    if (failing.get()) {
      throw new UncheckedIOException(new IOException("no such luck"));
    }
    part.force();
    forces.incrementAndGet();
  }

  private Journal open(JournalSettings settings) {
    var opening = Journal.open(temp, settings, Reading.CLOCK, this::force);
    return ((Opening.Ready<Journal>) opening).opened();
  }

  private void diskWorks() {
    permits.release(1_000_000);
  }

  @Test
  void thoseThatWaitTogetherShareAForce() throws Exception {
    try (Journal journal = open(SETTINGS);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Appended> first = pool.submit(() -> journal.appendDurable((byte) 1, PAYLOAD));
      begun.acquire();
      List<Future<Appended>> others = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        others.add(pool.submit(() -> journal.appendDurable((byte) 1, PAYLOAD)));
      }
      awaitAppended(journal, 51);
      assertThat(first.isDone()).isFalse();

      permits.release();
      assertThat(first.get()).isInstanceOf(Kept.class);
      begun.acquire();
      assertThat(others).noneMatch(Future::isDone);

      permits.release();
      for (Future<Appended> other : others) {
        assertThat(other.get()).isInstanceOf(Kept.class);
      }
      assertThat(forces).hasValue(2);
      diskWorks();
    }
    assertThat(Reading.all(temp).records()).hasSize(51);
  }

  private static void awaitAppended(Journal journal, long count) {
    while (journal.state().appended() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatNobodyWaitsForIsForcedSoonAndHoldsNobodyUp() throws InterruptedException {
    try (Journal journal = open(SETTINGS)) {
      assertThat(journal.append((byte) 1, PAYLOAD)).isInstanceOf(Kept.class);
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(journal.append((byte) 1, PAYLOAD)).as("while forcing").isInstanceOf(Kept.class);
      diskWorks();
    }
    assertThat(forces).hasValueBetween(1, 2);
  }

  @Test
  void aSegmentThatEndedIsForcedBeforeTheNextOneCounts() throws Exception {
    diskWorks();
    try (Journal journal = open(SETTINGS)) {
      for (int i = 0; i < 5_000; i++) {
        var _ = Reading.keep(journal, PAYLOAD);
      }
      assertThat(journal.appendDurable((byte) 1, PAYLOAD)).isInstanceOf(Kept.class);
      assertThat(journal.end().segment()).isGreaterThanOrEqualTo(3);
      assertThat(forces).hasValueGreaterThanOrEqualTo((int) journal.end().segment());
    }
  }

  @Test
  void aHungDiskIsWaitedForOnlyOnce() throws Exception {
    try (Journal journal = open(SETTINGS.withForceLimit(Duration.ofMillis(50)))) {
      assertThat(journal.appendDurable((byte) 1, PAYLOAD))
          .isInstanceOfSatisfying(
              KeptUnforced.class, it -> assertThat(it.reason()).contains("took too long"));
      for (int i = 0; i < 1_000; i++) { // 50 s if each waited
        assertThat(journal.appendDurable((byte) 1, PAYLOAD)).isInstanceOf(KeptUnforced.class);
      }
      assertThat(journal.state().unforced()).isEqualTo(1_001);

      diskWorks();
      while (!(journal.appendDurable((byte) 1, PAYLOAD) instanceof Kept)) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void afterAForceThatFailedTheJournalGoesOnInANewSegment() throws Exception {
    diskWorks();
    failing.set(true);
    try (Journal journal = open(SETTINGS)) {
      assertThat(journal.appendDurable((byte) 1, PAYLOAD))
          .isInstanceOfSatisfying(
              KeptUnforced.class, it -> assertThat(it.reason()).contains("no such luck"));
      assertThat(journal.state().trouble().orElseThrow().reason()).contains("no such luck");

      failing.set(false);
      while (journal.end().segment() == 1) {
        var _ = journal.appendDurable((byte) 1, PAYLOAD);
      }
      assertThat(journal.appendDurable((byte) 1, PAYLOAD)).isInstanceOf(Kept.class);
      assertThat(journal.state().trouble()).isEmpty();
    }
    assertThat(Reading.all(temp).damages()).isEmpty();
  }

  @Test
  void anInterruptedThreadDoesNotWaitAndStaysInterrupted() throws Exception {
    try (Journal journal = open(SETTINGS)) {
      Thread.currentThread().interrupt();

      assertThat(journal.appendDurable((byte) 1, PAYLOAD)).isInstanceOf(KeptUnforced.class);

      assertThat(Thread.interrupted()).isTrue();
      diskWorks();
    }
    assertThat(Reading.all(temp).records()).hasSize(1);
  }
}
