package io.tollwatch.ledger.journal;

import io.tollwatch.ledger.journal.Damage.Cause;
import io.tollwatch.ledger.journal.SegmentScan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the journal from a position on, with ordinary reads, while it is written or when nobody
/// has it open. What is damaged, or the disk can't read, is reported and passed over; everything
/// intact is read, in order. Confined to one thread, which must not be interrupted while it reads.
public final class JournalReader implements AutoCloseable {

  /// How often a segment is looked for that is not there when it is opened.
  private static final int LOOKS = 100;

  private final SegmentFiles files;
  private final UUID journal;
  private final Consumer<Damage> listener;
  private Position position;
  private @Nullable SegmentScan scan;
  private long finished;
  private OptionalLong expected = OptionalLong.empty();

  JournalReader(SegmentFiles files, UUID journal, Position from, Consumer<Damage> listener) {
    this.files = files;
    this.journal = journal;
    this.position = from;
    this.listener = listener;
  }

  /// Some records, and where the next ones begin.
  ///
  /// @param records in the order in which they were appended; empty when the end is reached
  /// @param next the position to begin from for what comes after them
  public record Batch(List<JournalRecord> records, Position next) {}

  /// Opens a journal that no process has open, to read it. Touches nothing.
  ///
  /// @param from where to begin
  /// @param listener told about each damaged place, on the reading thread
  public static Opening<JournalReader> open(Path folder, Position from, Consumer<Damage> listener) {
    SegmentFiles files = new SegmentFiles(folder);
    try {
      Optional<SegmentFiles.Found> newer =
          files.findHeader(header -> header.version() > Format.VERSION);
      if (newer.isPresent()) {
        return new Opening.Newer<>(newer.get().path(), newer.get().header().version());
      }
      UUID id = files.findHeader(_ -> true).map(it -> it.header().journal()).orElse(new UUID(0, 0));
      return new Opening.Ready<>(new JournalReader(files, id, from, listener));
    } catch (IOException e) {
      return new Opening.Unusable<>("the journal's folder can't be read: " + e);
    }
  }

  /// Reads on.
  ///
  /// @param end where to stop: [Journal#end] of an open journal, taken before this call, or
  ///   [Position#UNBOUNDED] where nobody has it open
  /// @param maxRecords how many records at most
  /// @param maxBytes stops after this many bytes of payload
  /// @throws UncheckedIOException if a file can't be opened; what of it can't be read is damage
  public Batch read(Position end, int maxRecords, long maxBytes) {
    List<JournalRecord> records = new ArrayList<>();
    long bytes = 0;
    try {
      while (records.size() < maxRecords && bytes < maxBytes && end.isAfter(position)) {
        SegmentScan current = scan == null ? openNext(end) : scan;
        if (current == null) {
          break;
        }
        switch (current.step(current.number() == end.segment() ? end.offset() : Long.MAX_VALUE)) {
          case Step.Found(JournalRecord record) -> {
            records.add(record);
            bytes += record.payload().length;
            position = new Position(current.number(), current.offset());
          }
          case Step.Hole hole -> report(current, hole);
          case Step.End() -> leave(current, end);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal can't be read at " + position, e);
    }
    return new Batch(records, position);
  }

  /// The journal's own id; of an empty folder zero.
  public UUID journal() {
    return journal;
  }

  /// Where the next record begins.
  public Position position() {
    return position;
  }

  private void report(SegmentScan current, Step.Hole hole) {
    position = new Position(current.number(), current.offset());
    report(current.number(), hole.from(), hole.to(), hole.cause(), hole.lost(), hole.reason());
  }

  private void report(
      long segment, long from, long to, Cause cause, OptionalLong lost, String reason) {
    listener.accept(new Damage(files.currentPath(segment), segment, from, to, cause, lost, reason));
  }

  /// Goes on behind a segment that was read to its end.
  private void leave(SegmentScan current, Position end) throws IOException {
    if (current.number() == end.segment()) {
      position = end;
      return;
    }
    finished = current.number();
    expected = current.expected();
    position = Position.beginningOf(finished + 1);
    close();
  }

  /// Opens the first segment at or behind the position; null if there is none before the end. One
  /// that was deleted or named anew since it was listed is looked for again: that it is not there
  /// must not look like the end.
  private @Nullable SegmentScan openNext(Position end) throws IOException {
    for (int i = 0; i < LOOKS; i++) {
      OptionalLong number = firstBehind(end);
      if (number.isEmpty()) {
        return null;
      }
      passOver(number.getAsLong());
      SegmentScan opened = open(number.getAsLong());
      if (opened != null) {
        return opened;
      }
    }
    throw new IOException("a segment comes and goes behind " + position);
  }

  private OptionalLong firstBehind(Position end) throws IOException {
    for (SegmentFiles.Entry entry : files.listUsed()) {
      if (entry.number() >= position.segment() && entry.number() <= end.segment()) {
        return OptionalLong.of(entry.number());
      }
    }
    return OptionalLong.empty();
  }

  /// Goes on to a segment; those set aside on the way are not missing.
  private void passOver(long number) {
    long first = Math.max(position.segment(), 1);
    if (position.segment() > 0) {
      while (first < number && files.isSetAside(first)) {
        first++;
      }
      if (first < number) {
        String reason = "segments are missing from %d up to %d".formatted(first, number - 1);
        report(first, 0, 0, Cause.MISSING, OptionalLong.empty(), reason);
      }
    }
    if (position.segment() < number) {
      position = Position.beginningOf(number);
    }
  }

  private @Nullable SegmentScan open(long number) throws IOException {
    try {
      SegmentScan next = SegmentScan.open(files.open(number), number, position.offset(), journal);
      compareWithLast(next);
      scan = next;
      return next;
    } catch (NoSuchFileException e) {
      return null; // deleted or named anew since it was listed
    }
  }

  /// The last segment of the same process may have lost records at its end without a trace.
  private void compareWithLast(SegmentScan next) {
    if (finished != next.number() - 1 || expected.isEmpty() || next.header().isEmpty()) {
      return;
    }
    long lost = next.header().get().firstSequence() - expected.getAsLong();
    if (lost > 0) {
      report(
          finished,
          0,
          0,
          Cause.CORRUPT,
          OptionalLong.of(lost),
          "records at the segment's end are gone");
    }
  }

  /// Closes the file that it reads.
  @Override
  public void close() {
    try (SegmentScan _ = scan) {
      scan = null;
    } catch (IOException e) {
      throw new UncheckedIOException("a segment did not close well", e);
    }
  }
}
