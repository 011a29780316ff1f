package io.tollwatch.ledger;

import io.tollwatch.ledger.LedgerState.Lag;
import io.tollwatch.ledger.journal.Damage;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.Position;
import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that feeds the store from the journal. First what earlier runs left: what of that has
/// no outcome is then settled as unfinished, before anything of this run can be among it. Then what
/// comes. While the store takes nothing the journal grows, and the feeder tries again after 0.1 to
/// 5 seconds; so it does with a journal that can't be opened.
///
/// It begins a second after its start, or once somebody waits for the store, and looks for more a
/// few times a second: to be woken at each record would cost the request path more than the record.
/// While calls want all cores it takes little of them, see [Pacing].
final class Feeder implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
  private static final long LOOK_MILLIS = 200;

  /// To open a database at once would take a sixth of what the first call waits for on one core.
  private static final long FIRST_LOOK_MILLIS = 1_000;

  /// So much of the journal's bound the store may lag behind for the calls' sake: minutes of all
  /// that one core can do, with the default of 4 GiB.
  private static final int LAG_SHARE = 4;

  private static final long MIN_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 5_000;

  private final JournalSlot slot;
  private final Store store;
  private final LedgerCounts counts;
  private final LongSupplier nanos;
  private final Pacing pacing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private final Condition fed = lock.newCondition();
  private final LagMarks marks = new LagMarks();
  private final Set<Long> damaged = new ConcurrentSkipListSet<>();
  private @Nullable Feed feed;
  private volatile boolean settled;
  private long pauseMillis = MIN_PAUSE_MILLIS;
  private volatile Position done = Position.BEGINNING;

  /// Up to where each of those waits who wait for the store now: who left hurries nobody.
  private final List<Position> wanted = new ArrayList<>();

  /// How often the store took nothing.
  private long failures;

  private boolean woken;
  private boolean stopping;

  Feeder(JournalSlot slot, Store store, LedgerCounts counts, LongSupplier nanos) {
    this.slot = slot;
    this.store = store;
    this.counts = counts;
    this.nanos = nanos;
    this.pacing = Pacing.ofThread(nanos, slot.maxBytes() / LAG_SHARE);
  }

  @Override
  public void run() {
    try {
      waitFor(FIRST_LOOK_MILLIS);
      while (!stopping()) {
        waitFor(tend());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Feed last = feed;
      if (last != null) {
        last.close();
      }
    }
  }

  /// Does what there is to do.
  ///
  /// @return after how many milliseconds to look again
  private long tend() {
    Optional<Journal> journal = slot.open();
    if (journal.isEmpty()) {
      return nextPause();
    }
    try {
      marks.note(journal.get().end(), done, nanos.getAsLong());
      pacing.begin();
      boolean more = step(journal.get());
      pauseMillis = MIN_PAUSE_MILLIS;
      if (counts.well()) {
        LOG.info("the store takes records again");
      }
      return Math.max(more ? 0 : LOOK_MILLIS, rest());
    } catch (SQLException | RuntimeException | Error e) {
      // an end of memory or of open files too: if this thread ended, nothing would come any more
      troubled(e);
      return nextPause();
    }
  }

  /// Who waits for the store waits for no call: it has been told to hurry.
  private long rest() {
    Feed open = feed;
    return open == null || hurry() ? 0 : pacing.restMillis(open.records(), lag());
  }

  private boolean step(Journal journal) throws SQLException {
    Feed open = feed;
    if (open == null) {
      open = start(journal);
      feed = open;
    }
    Position end = settled ? journal.end() : journal.start();
    boolean more = open.step(end, !settled || hurry());
    if (!more && !settled) {
      settle(journal);
      more = true;
    }
    done(open.done());
    salvage(journal, open.read());
    return more;
  }

  private Feed start(Journal journal) throws SQLException {
    Position from = Feed.position(store, journal.id());
    return new Feed(journal.id(), journal.reader(from, this::damaged), store, counts, nanos);
  }

  private void settle(Journal journal) throws SQLException {
    int unfinished = Settlement.of(store, journal.id());
    settled = true;
    if (unfinished > 0) {
      LOG.warn("{} calls of an earlier run have no outcome: they count as answer lost", unfinished);
    }
  }

  private void damaged(Damage damage) {
    String what =
        "%s at %s, bytes %d to %d: %s"
            .formatted(
                damage.cause() == Damage.Cause.TORN ? "unfinished" : "damaged",
                damage.file(),
                damage.from(),
                damage.to(),
                damage.reason());
    counts.damage(what);
    LOG.warn("the journal is {}", what);
    if (damage.cause() == Damage.Cause.CORRUPT) {
      damaged.add(damage.segment());
    }
  }

  /// Damaged segments that were read to their end are set aside, once what is intact in them is
  /// appended anew.
  private void salvage(Journal journal, Position read) {
    damaged.removeIf(segment -> segment < read.segment() && salvaged(journal, segment));
  }

  private static boolean salvaged(Journal journal, long segment) {
    boolean done = new Salvage(journal).of(segment);
    if (done) {
      LOG.warn("segment {} of the journal was set aside; what is intact in it was kept", segment);
    }
    return done;
  }

  private void troubled(Throwable e) {
    lock.lock();
    try {
      failures++;
      fed.signalAll();
    } finally {
      lock.unlock();
    }
    String reason = String.valueOf(e.getMessage());
    if (counts.troubled(reason)) {
      LOG.warn("the store takes no records now, they wait in the journal: {}", reason);
    }
  }

  private long nextPause() {
    long pause = pauseMillis;
    pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    return pause;
  }

  /// Whether the store has all that earlier runs left: only then is its lag that of this run.
  boolean hasEarlierRuns() {
    return settled;
  }

  /// How far the store is behind.
  Lag lag() {
    Position end = slot.end();
    if (!end.isAfter(done)) {
      return Lag.NONE;
    }
    long segments = done.segment() == 0 ? 0 : end.segment() - done.segment();
    long bytes = segments * slot.segmentBytes() + end.offset() - done.offset();
    return new Lag(Math.max(bytes, 0), marks.age(done, nanos.getAsLong()));
  }

  /// The place before which the store has everything.
  Position done() {
    return done;
  }

  private void done(Position position) {
    lock.lock();
    try {
      done = position;
      fed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the store has everything up to there; nothing is held back meanwhile.
  ///
  /// @return whether that came to pass within the limit
  boolean await(Position end, Duration limit) throws InterruptedException {
    return await(end, limit, Long.MAX_VALUE);
  }

  /// As [#await(Position, Duration)], but a store that takes nothing is tried once and not waited
  /// for.
  boolean tryOnce(Position end, Duration limit) throws InterruptedException {
    return await(end, limit, 1);
  }

  private boolean await(Position end, Duration limit, long tries) throws InterruptedException {
    lock.lock();
    try {
      if (!end.isAfter(done)) {
        return true;
      }
      wanted.add(end);
      woken = true;
      asked.signal();
      long before = failures;
      long left = limit.toNanos();
      while (end.isAfter(done) && !stopping && failures - before < tries && left > 0) {
        left = fed.awaitNanos(left);
      }
      return !end.isAfter(done);
    } finally {
      wanted.remove(end);
      lock.unlock();
    }
  }

  /// Ends the thread after what it does now.
  void stop() {
    lock.lock();
    try {
      stopping = true;
      woken = true;
      asked.signal();
      fed.signalAll(); // nothing more comes
    } finally {
      lock.unlock();
    }
  }

  private boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private boolean hurry() {
    lock.lock();
    try {
      return wanted.stream().anyMatch(end -> end.isAfter(done));
    } finally {
      lock.unlock();
    }
  }

  private void waitFor(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (left > 0 && !woken) {
        left = asked.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }
}
