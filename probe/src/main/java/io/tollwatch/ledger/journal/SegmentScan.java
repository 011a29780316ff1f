package io.tollwatch.ledger.journal;

import io.tollwatch.ledger.journal.Damage.Cause;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Walks through the frames of one segment of format 1, over whatever is damaged. Takes time linear
/// in the segment's size, whatever is in it. Confined to one thread.
final class SegmentScan implements Closeable {

  private static final long UNKNOWN = -1;

  private final SegmentBytes bytes;
  private final long number;
  private final Optional<SegmentHeader> header;
  private final FrameCheck check;
  private final Window window;
  private final long size;
  private Optional<Step> headerHole = Optional.empty();
  private long offset;
  private long expected = UNKNOWN;
  private boolean endsInHole;

  private SegmentScan(
      SegmentBytes bytes, long number, Optional<SegmentHeader> header, UUID journal, long size) {
    this.bytes = bytes;
    this.number = number;
    this.header = header;
    this.check = new FrameCheck(journal, number);
    this.window = new Window(bytes);
    this.size = size;
  }

  /// What is met on the way.
  sealed interface Step {
    /// A whole record.
    record Found(JournalRecord record) implements Step {}

    /// A damaged place.
    record Hole(long from, long to, Cause cause, OptionalLong lost, String reason)
        implements Step {}

    /// Nothing more, for now if the segment is live.
    record End() implements Step {}
  }

  /// Opens a segment, and closes its bytes if that can't be done.
  ///
  /// @param from where to begin
  /// @param journal the journal's id, for a file that has lost it
  static SegmentScan open(SegmentBytes bytes, long number, long from, UUID journal)
      throws IOException {
    try {
      var first = SegmentFiles.headerAt(bytes, 0);
      var header = first.isPresent() ? first : SegmentFiles.copyOfHeader(bytes);
      long size = bytes.size();
      boolean begun = first.isPresent() || !SegmentFiles.isBeingBegun(bytes);
      boolean hasCopy = !begun || header.filter(each -> each.bytes() == size).isPresent();
      SegmentScan scan =
          new SegmentScan(
              bytes,
              number,
              header,
              header.map(SegmentHeader::journal).orElse(journal),
              hasCopy ? size - Format.HEADER_BYTES : Format.aligned(size));
      boolean whole = from <= Format.HEADER_BYTES;
      scan.offset = whole ? Format.HEADER_BYTES : Format.aligned(from);
      if (whole && first.isEmpty()) {
        scan.headerHole = Optional.of(headerHole(begun, size));
      }
      scan.expected = whole ? header.map(SegmentHeader::firstSequence).orElse(UNKNOWN) : UNKNOWN;
      return scan;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  long number() {
    return number;
  }

  /// Where the next step begins.
  long offset() {
    return offset;
  }

  Optional<SegmentHeader> header() {
    return header;
  }

  /// The number that the next record should have; empty if that is not known.
  OptionalLong expected() {
    return expected == UNKNOWN || endsInHole ? OptionalLong.empty() : OptionalLong.of(expected);
  }

  /// Takes one step.
  ///
  /// @param bound for the live segment the end of what is written, up to where all must be frames;
  ///   otherwise larger than any file
  Step step(long bound) throws IOException {
    long limit = Math.min(bound, size);
    window.boundBy(limit);
    if (headerHole.isPresent()) {
      Step hole = headerHole.get();
      headerHole = Optional.empty();
      return hole;
    }
    if (offset >= limit) {
      return new Step.End();
    }
    return isFrame(offset, limit) ? frame(limit) : gap(limit, bound <= size);
  }

  private static Step headerHole(boolean begun, long size) {
    return new Step.Hole(
        0,
        Math.min(Format.HEADER_BYTES, size),
        begun ? Cause.CORRUPT : Cause.TORN,
        OptionalLong.empty(),
        begun ? "the segment's header is damaged" : "the segment's header was not finished");
  }

  /// Whether a frame's header was written here; its payload may be damaged.
  private boolean isFrame(long at, long limit) throws IOException {
    if (limit - at < Format.FRAME_HEADER_BYTES) {
      return false;
    }
    int length = window.intAt(at);
    int kind = window.intAt(at + Format.KIND);
    return isPlausible(length)
        && at + length <= limit
        && kind >>> 8 == 0
        && window.intAt(at + Format.FRAME_CHECK)
            == check.of(
                at,
                length,
                window.intAt(at + Format.PAYLOAD_CRC),
                kind,
                window.longAt(at + Format.SEQUENCE));
  }

  private static boolean isPlausible(int length) {
    return length >= Format.FRAME_HEADER_BYTES && length <= Format.MAX_FRAME;
  }

  private Step frame(long limit) throws IOException {
    long from = offset;
    int length = window.intAt(from);
    int payloadCrc = window.intAt(from + Format.PAYLOAD_CRC);
    byte kind = (byte) window.intAt(from + Format.KIND);
    expected = window.longAt(from + Format.SEQUENCE) + 1;
    byte[] payload =
        window.bytesAt(from + Format.FRAME_HEADER_BYTES, length - Format.FRAME_HEADER_BYTES);
    offset = Format.aligned(from + length);
    endsInHole = false;
    if (FrameCheck.ofPayload(payload) == payloadCrc) {
      return new Step.Found(new JournalRecord(new Position(number, from), kind, payload));
    }
    boolean unfinished =
        payload.length > 0
            && payload[payload.length - 1] == 0
            && onlyZeros(offset, limit)
            && !window.isUnreadable(from, limit);
    return unfinished
        ? hole(from, offset, Cause.TORN, OptionalLong.of(1), "the last record was not finished")
        : corrupt(from, offset, OptionalLong.of(1), "a record's content is damaged");
  }

  private boolean onlyZeros(long from, long limit) throws IOException {
    for (long at = from; at < limit; at += Long.BYTES) {
      if (window.longAt(at) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Looks for the next frame, where there is none.
  private Step gap(long limit, boolean allWritten) throws IOException {
    long from = offset;
    long lastByte = -1;
    for (long at = from; at < limit; at += Long.BYTES) {
      long word = window.longAt(at);
      if (word != 0 && isFrame(at, limit)) {
        offset = at;
        return corrupt(from, at, lostBefore(at), "no record where one should begin");
      }
      if (word != 0) {
        lastByte = at + Long.BYTES - 1 - Long.numberOfLeadingZeros(word) / Byte.SIZE;
      }
    }
    offset = limit;
    boolean mayEnd = !allWritten && !window.isUnreadable(from, limit);
    if (lastByte < 0 && mayEnd) {
      return new Step.End();
    }
    endsInHole = true;
    if (mayEnd && isUnfinished(from, lastByte)) {
      long to = Format.aligned(lastByte + 1);
      return hole(from, to, Cause.TORN, OptionalLong.empty(), "the last record was not finished");
    }
    return corrupt(from, limit, OptionalLong.empty(), "no record up to the segment's end");
  }

  /// A place that was written and is not what it was.
  private Step corrupt(long from, long to, OptionalLong lost, String reason) {
    String why = window.isUnreadable(from, to) ? "the disk can't read it" : reason;
    return hole(from, to, Cause.CORRUPT, lost, why);
  }

  private static Step hole(long from, long to, Cause cause, OptionalLong lost, String reason) {
    return new Step.Hole(from, to, cause, lost, reason);
  }

  private OptionalLong lostBefore(long at) throws IOException {
    long sequence = window.longAt(at + Format.SEQUENCE);
    return expected == UNKNOWN || sequence < expected
        ? OptionalLong.empty()
        : OptionalLong.of(sequence - expected);
  }

  /// Whether what begins here can be a record whose end was never written: without a length, or
  /// with nothing where it should end.
  private boolean isUnfinished(long from, long lastByte) throws IOException {
    int length = window.intAt(from);
    if (length == 0) {
      return lastByte < from + Format.MAX_FRAME;
    }
    return isPlausible(length) && lastByte < from + length - 1;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
