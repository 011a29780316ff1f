package io.tollwatch.ledger.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prepares segments ahead and clears up after those done with, on a thread of its own, so that no
/// appending thread ever asks anything of the file system. While there is no room it tries again
/// after 0.1 to 5 seconds, and when something was deleted. Thread-safe.
final class SegmentSupply implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);
  private static final int AHEAD = 2;
  private static final long MIN_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SegmentFiles files;
  private final JournalSettings settings;
  private final UUID journal;
  private final Troubles troubles;
  private final Runnable tended;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<MappedSegment> ready = new ArrayDeque<>();
  private final ArrayDeque<MappedSegment> retired = new ArrayDeque<>();
  private long taken;
  private boolean asked;
  private boolean closed;

  /// Confined to the thread that prepares; before it starts, to the one that opens the journal.
  private long next;

  private long named;
  private long pauseMillis = MIN_PAUSE_MILLIS;

  /// A supply that has nothing yet.
  ///
  /// @param next the number of the first segment to prepare
  /// @param tended told when a segment is ready, and when none can be
  SegmentSupply(
      SegmentFiles files,
      JournalSettings settings,
      UUID journal,
      Troubles troubles,
      long next,
      Runnable tended) {
    this.files = files;
    this.settings = settings;
    this.journal = journal;
    this.troubles = troubles;
    this.tended = tended;
    this.next = next;
    this.taken = next - 1;
    this.named = next - 1;
    this.thread = Thread.ofPlatform().name("tollwatch-journal").daemon().unstarted(this::run);
  }

  /// Prepares one segment on this thread, if there is room, and the others on its own from now on.
  void start() {
    try {
      prepare();
    } catch (IOException e) {
      troubles.begin(String.valueOf(e));
    }
    thread.start();
  }

  /// The next segment, if one is ready.
  @Nullable MappedSegment take() {
    lock.lock();
    try {
      MappedSegment segment = ready.poll();
      if (segment != null) {
        taken = segment.number();
        ask();
      }
      return segment;
    } finally {
      lock.unlock();
    }
  }

  /// Takes back a segment that is done with and that nobody uses any more.
  void retire(MappedSegment segment) {
    lock.lock();
    try {
      retired.add(segment);
      ask();
    } finally {
      lock.unlock();
    }
  }

  /// There may be room again.
  void roomMade() {
    lock.lock();
    try {
      ask();
    } finally {
      lock.unlock();
    }
  }

  private void ask() {
    asked = true;
    work.signal();
  }

  private void run() {
    try {
      while (!isClosed()) {
        tend();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tend() throws InterruptedException {
    try {
      clearUp();
      boolean full = false;
      while (!full && wantsMore()) {
        full = !prepare();
        tended.run();
      }
      if (full) {
        await(pauseMillis);
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
      } else {
        pauseMillis = MIN_PAUSE_MILLIS;
        troubles.end();
        await(MAX_PAUSE_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      troubles.begin("the next segment can't be prepared: " + e);
      tended.run();
      await(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    }
  }

  private void await(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!asked && !closed && left > 0) {
        left = work.awaitNanos(left);
      }
      asked = false;
    } finally {
      lock.unlock();
    }
  }

  /// Gives lasting names to the segments taken, and unmaps those done with.
  private void clearUp() throws IOException {
    for (MappedSegment old = nextRetired(); old != null; old = nextRetired()) {
      old.unmap();
    }
    for (long newest = newestTaken(); named < newest; named++) {
      files.nameUsed(named + 1);
    }
  }

  /// Whether there was room.
  private boolean prepare() throws IOException {
    if (!hasRoom()) {
      return false;
    }
    MappedSegment segment;
    try {
      segment =
          MappedSegment.prepare(
              files, next, settings.segmentBytes(), new FrameCheck(journal, next));
    } catch (IOException | RuntimeException e) {
      dropSpare(next); // it may be what filled the disk
      throw e;
    }
    files.forceFolder();
    next++;
    lock.lock();
    try {
      ready.add(segment);
    } finally {
      lock.unlock();
    }
    return true;
  }

  private boolean hasRoom() throws IOException {
    long bytes = files.bytes();
    if (bytes + settings.segmentBytes() <= settings.maxBytes()) {
      return true;
    }
    if (readyCount() == 0) {
      troubles.begin(
          "the journal's bound is reached: %d of %d bytes".formatted(bytes, settings.maxBytes()));
    } else {
      troubles.end();
    }
    return false;
  }

  private void dropSpare(long number) {
    try {
      files.deleteSpare(number);
    } catch (IOException e) {
      LOG.debug("a segment that was not finished can't be deleted: {}", e.toString());
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean wantsMore() {
    lock.lock();
    try {
      return !closed && ready.size() < AHEAD;
    } finally {
      lock.unlock();
    }
  }

  private int readyCount() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  private long newestTaken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable MappedSegment nextRetired() {
    lock.lock();
    try {
      return retired.poll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the thread, names what is in use and deletes what was prepared for nothing. What a hung
  /// disk doesn't let happen within 10 seconds is left to the next opening.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    if (ended()) {
      clearUp();
      for (MappedSegment spare = take(); spare != null; spare = take()) {
        spare.unmap();
        files.deleteSpare(spare.number());
      }
    }
  }

  private boolean ended() {
    try {
      return thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
