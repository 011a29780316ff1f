package io.tollwatch.ledger.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal, open for appending; held by one process at a time, which whoever opens it sees to.
/// Thread-safe, on virtual threads too.
///
/// Appending copies the record into mapped memory under one short lock and asks nothing of the file
/// system: new segments are prepared ahead by [SegmentSupply].
public final class Journal implements AutoCloseable {

  /// How long a burst waits for the next segment.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final SegmentFiles files;
  private final JournalSettings settings;
  private final InstantSource clock;
  private final UUID id;
  private final Position start;
  private final Forcing forcing;
  private final Troubles supplyTroubles;
  private final Troubles forceTroubles;
  private final SegmentSupply supply;
  private final LongAdder appended = new LongAdder();
  private final LongAdder unforced = new LongAdder();
  private final LongAdder notKept = new LongAdder();
  private final LongAdder damages = new LongAdder();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition supplied = lock.newCondition();
  private final @Nullable GroupCommit commit;
  private @Nullable MappedSegment live;
  private long sequence;
  private boolean closed;

  /// Written under the lock, after what is before it; read by anyone.
  private volatile Position end;

  private Journal(
      SegmentFiles files,
      JournalSettings settings,
      InstantSource clock,
      Forcing forcing,
      UUID id,
      long first) {
    this.files = files;
    this.settings = settings;
    this.clock = clock;
    this.forcing = forcing;
    this.id = id;
    this.start = Position.beginningOf(first);
    this.end = start;
    this.supplyTroubles = new Troubles(clock);
    this.forceTroubles = new Troubles(clock);
    this.supply = new SegmentSupply(files, settings, id, supplyTroubles, first, this::supplyTended);
    this.commit =
        settings.durability() == Durability.FSYNC
            ? new GroupCommit(lock, settings.forceLimit(), forcing, supply, forceTroubles)
            : null;
  }

  /// Opens the folder and makes it if there is none. Quick: it reads the headers of segments only,
  /// and writes one new segment. With a full disk it opens too, and is in trouble.
  ///
  /// @param folder the journal's own, for its owner only
  public static Opening<Journal> open(Path folder, JournalSettings settings, InstantSource clock) {
    return open(folder, settings, clock, MemorySegment::force);
  }

  static Opening<Journal> open(
      Path folder, JournalSettings settings, InstantSource clock, Forcing forcing) {
    SegmentFiles files = new SegmentFiles(folder);
    try {
      Optional<SegmentFiles.Found> newer =
          files.findHeader(header -> header.version() > Format.VERSION);
      if (newer.isPresent()) {
        return new Opening.Newer<>(newer.get().path(), newer.get().header().version());
      }
      files.createFolder();
      clearUp(files);
      UUID id =
          files.findHeader(_ -> true).map(it -> it.header().journal()).orElseGet(UUID::randomUUID);
      long first = files.highestNumber() + 1;
      Journal journal = new Journal(files, settings, clock, forcing, id, first);
      journal.begin();
      return new Opening.Ready<>(journal);
    } catch (IOException e) {
      return new Opening.Unusable<>("the journal's folder can't be used: " + e);
    } catch (UnsupportedOperationException e) {
      return new Opening.Unusable<>(
          "the journal's file system knows no owner-only files: " + folder);
    }
  }

  /// After a process that was killed: names what it had in use, deletes what it had prepared.
  private static void clearUp(SegmentFiles files) throws IOException {
    for (SegmentFiles.Entry entry : files.list()) {
      if (entry.used()) {
        files.nameUsed(entry.number());
      } else {
        files.deleteSpare(entry.number());
      }
    }
  }

  private void begin() {
    supply.start();
    lock.lock();
    try {
      rollOver();
    } finally {
      lock.unlock();
    }
  }

  /// Keeps a record. Waits for the disk only where a burst has outrun the segments prepared ahead,
  /// 250 ms at most, and never throws for anything that the disk does.
  ///
  /// @param kind what the record is, handed back by readers
  /// @param payload up to 1 MiB; copied
  public Appended append(byte kind, byte[] payload) {
    return append(kind, payload, false);
  }

  /// Keeps a record and, with [Durability#FSYNC], waits until it is on the disk, together with
  /// others and within the limit of the settings. Otherwise the same as [#append].
  public Appended appendDurable(byte kind, byte[] payload) {
    return append(kind, payload, true);
  }

  private Appended append(byte kind, byte[] payload, boolean durable) {
    if (payload.length > Format.MAX_PAYLOAD
        || !MappedSegment.couldFit(payload.length, settings.segmentBytes())) {
      return refused("the record is too long: %d bytes".formatted(payload.length));
    }
    int payloadCrc = FrameCheck.ofPayload(payload);
    lock.lock();
    try {
      MappedSegment segment = roomFor(payload.length);
      if (segment == null) {
        segment = roomSoon(payload.length);
      }
      if (segment == null) {
        return refused(closed ? "the journal is closed" : whyFull());
      }
      Position position = end;
      segment.write(kind, payload, payloadCrc, sequence);
      sequence++;
      end = new Position(segment.number(), segment.end());
      appended.increment();
      return commit == null
          ? new Appended.Kept(position)
          : forced(commit, segment, position, durable);
    } catch (InternalError e) {
      // how the JVM says that a mapped page can't be had: the file was cut, or its disk failed
      retire(live);
      live = null;
      return refused("the current segment can't be written: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private Appended forced(
      GroupCommit commit, MappedSegment segment, Position position, boolean durable) {
    commit.touched(segment);
    if (!durable) {
      return new Appended.Kept(position);
    }
    Optional<String> failure = commit.await(segment, segment.end());
    if (failure.isEmpty()) {
      return new Appended.Kept(position);
    }
    unforced.increment();
    return new Appended.KeptUnforced(position, failure.get());
  }

  private Appended refused(String reason) {
    notKept.increment();
    return new Appended.NotKept(reason);
  }

  private String whyFull() {
    return supplyTroubles
        .current()
        .map(JournalState.Trouble::reason)
        .orElse("the next segment is not ready yet");
  }

  private @Nullable MappedSegment roomFor(int payload) {
    MappedSegment current = live;
    if (closed) {
      return null;
    }
    boolean fits = current != null && current.fits(payload);
    // one that could not be forced is gone on with only as long as there is no other
    if (fits && !hasFailed(current)) {
      return current;
    }
    return rollOver() || fits ? live : null;
  }

  private static boolean hasFailed(@Nullable MappedSegment segment) {
    return segment != null && segment.failure().isPresent();
  }

  /// A burst can be faster than the disk: a segment that is being prepared is waited for, but not
  /// for long, and one that can't be is not.
  private @Nullable MappedSegment roomSoon(int payload) {
    long left = PATIENCE.toNanos();
    MappedSegment segment = null;
    try {
      while (segment == null && !closed && supplyTroubles.current().isEmpty() && left > 0) {
        left = supplied.awaitNanos(left);
        segment = roomFor(payload);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return segment;
  }

  /// Told by the supply's thread after each of its rounds.
  private void supplyTended() {
    lock.lock();
    try {
      supplied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Goes on with the next segment, if there is one.
  private boolean rollOver() {
    MappedSegment next = supply.take();
    if (next == null) {
      return false;
    }
    retire(live);
    live = next;
    next.begin(
        new SegmentHeader(
            Format.VERSION, next.number(), id, clock.millis(), sequence, settings.segmentBytes()));
    end = Position.beginningOf(next.number());
    return true;
  }

  private void retire(@Nullable MappedSegment old) {
    if (old == null) {
      return;
    }
    old.retired();
    if (commit == null) {
      supply.retire(old);
    } else {
      commit.touched(old);
    }
  }

  /// The journal's own id, the same for all its segments: a folder that was deleted comes back with
  /// another.
  public UUID id() {
    return id;
  }

  /// Where this process began: the end of what earlier ones wrote.
  public Position start() {
    return start;
  }

  /// The end of what is kept now.
  public Position end() {
    return end;
  }

  /// A reader of what is kept; damaged places that it finds are counted.
  ///
  /// @param from where to begin
  /// @param listener told about each damaged place, on the reading thread
  public JournalReader reader(Position from, Consumer<Damage> listener) {
    return new JournalReader(
        files,
        id,
        from,
        damage -> {
          damages.increment();
          listener.accept(damage);
        });
  }

  /// All segments that records may be in, oldest first.
  ///
  /// @throws UncheckedIOException if the folder can't be read
  public List<Segment> segments() {
    long current = end.segment();
    try {
      List<Segment> segments = new ArrayList<>();
      for (SegmentFiles.Entry entry : files.listUsed()) {
        segment(entry.number(), current).ifPresent(segments::add);
      }
      return segments;
    } catch (IOException e) {
      throw new UncheckedIOException("the journal's folder can't be read: " + files.folder(), e);
    }
  }

  /// The facts about a segment; empty if it was deleted meanwhile.
  private Optional<Segment> segment(long number, long current) throws IOException {
    Optional<Path> file = files.find(number);
    while (file.isPresent()) {
      try {
        var facts = Files.readAttributes(file.get(), BasicFileAttributes.class);
        var written = facts.lastModifiedTime().toInstant();
        return Optional.of(new Segment(number, facts.size(), written, number >= current));
      } catch (NoSuchFileException e) {
        file = files.find(number); // it may just have got its lasting name
      }
    }
    return Optional.empty();
  }

  /// Deletes a segment for ever. Never holds up appending.
  ///
  /// @return whether it was there and could be deleted; the live one can't
  /// @throws UncheckedIOException if the disk refuses
  public boolean delete(long segment) {
    if (segment >= end.segment()) {
      return false;
    }
    try {
      boolean deleted = files.delete(segment);
      supply.roomMade();
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException("a segment can't be deleted: " + segment, e);
    }
  }

  /// Moves a damaged segment to the folder `damaged` in the journal's, where nothing reads or
  /// deletes it and the bound does not count it. What could be read of it is the reader's to append
  /// anew.
  ///
  /// @return whether it was there and could be moved; the live one can't
  /// @throws UncheckedIOException if the disk refuses
  public boolean setAside(long segment) {
    if (segment >= end.segment()) {
      return false;
    }
    try {
      files.setAside(segment);
      supply.roomMade();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("a damaged segment can't be set aside: " + segment, e);
    }
  }

  /// How it is doing.
  public JournalState state() {
    int segments = 0;
    long bytes = 0;
    Optional<JournalState.Trouble> unreadable = Optional.empty();
    try {
      segments = files.listUsed().size();
      bytes = files.bytes();
    } catch (IOException e) {
      unreadable =
          Optional.of(new JournalState.Trouble(clock.instant(), "the folder can't be read: " + e));
    }
    Optional<JournalState.Trouble> first = unreadable;
    return new JournalState(
        segments,
        bytes,
        appended.sum(),
        unforced.sum(),
        notKept.sum(),
        damages.sum(),
        supplyTroubles.current().or(forceTroubles::current).or(() -> first));
  }

  /// Forces what was written and gives the folder up; takes no more records. Waits for a hung disk
  /// 20 seconds at most.
  ///
  /// @throws UncheckedIOException if the disk refuses; what was kept is kept all the same
  @Override
  public void close() {
    MappedSegment last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      last = live;
      live = null;
      if (commit != null) {
        retire(last);
      }
    } finally {
      lock.unlock();
    }
    try (supply) {
      if (commit != null) {
        commit.close();
      } else if (last != null) {
        forcing.force(last.part(0, last.end()));
        supply.retire(last);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal did not close well: " + files.folder(), e);
    }
  }
}
