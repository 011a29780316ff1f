package io.tollwatch.ledger.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A segment that can be written, mapped into memory. Used by one thread at a time, under the
/// journal's lock, but for forcing and unmapping.
///
/// Its blocks were written before it is mapped: a page that the disk has no room for would kill the
/// whole process at the first touch.
final class MappedSegment {

  private static final VarHandle LENGTH = Format.INT.varHandle();
  private static final int ZEROS = 256 << 10;

  private final long number;
  private final Arena arena;
  private final MemorySegment bytes;
  private final FrameCheck check;
  private long end = Format.HEADER_BYTES;
  private long forced;
  private boolean retired;
  private @Nullable String failure;

  private MappedSegment(long number, Arena arena, MemorySegment bytes, FrameCheck check) {
    this.number = number;
    this.arena = arena;
    this.bytes = bytes;
    this.check = check;
  }

  /// Fills the new file with zeros down to the disk, and maps it.
  @SuppressWarnings("MustBeClosedChecker") // mapped for longer than any block: see #unmap
  static MappedSegment prepare(SegmentFiles files, long number, int size, FrameCheck check)
      throws IOException {
    try (FileChannel channel = files.createSpare(number)) {
      writeZeros(channel, size);
      channel.force(true);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
        return new MappedSegment(number, arena, bytes, check);
      } catch (IOException e) {
        arena.close();
        throw e;
      }
    }
  }

  private static void writeZeros(FileChannel channel, int size) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(ZEROS, size));
    for (int left = size; left > 0; ) {
      zeros.clear().limit(Math.min(zeros.capacity(), left));
      left -= channel.write(zeros);
    }
  }

  long number() {
    return number;
  }

  /// Where the next frame begins.
  long end() {
    return end;
  }

  /// Takes the segment into use.
  void begin(SegmentHeader header) {
    byte[] encoded = header.encoded();
    long copy = bytes.byteSize() - encoded.length;
    MemorySegment.copy(encoded, 0, bytes, ValueLayout.JAVA_BYTE, copy, encoded.length);
    MemorySegment.copy(encoded, 0, bytes, ValueLayout.JAVA_BYTE, 0, encoded.length);
  }

  static boolean couldFit(int payload, int size) {
    return Format.aligned((long) Format.FRAME_HEADER_BYTES + payload)
        <= size - 2L * Format.HEADER_BYTES;
  }

  boolean fits(int payload) {
    return end + Format.aligned((long) Format.FRAME_HEADER_BYTES + payload)
        <= bytes.byteSize() - Format.HEADER_BYTES;
  }

  /// Writes a frame that fits. Its length comes last: until then there is nothing.
  void write(byte kind, byte[] payload, int payloadCrc, long sequence) {
    int length = Format.FRAME_HEADER_BYTES + payload.length;
    int unsigned = Byte.toUnsignedInt(kind);
    bytes.set(
        Format.INT,
        end + Format.FRAME_CHECK,
        check.of(end, length, payloadCrc, unsigned, sequence));
    bytes.set(Format.INT, end + Format.PAYLOAD_CRC, payloadCrc);
    bytes.set(Format.INT, end + Format.KIND, unsigned);
    bytes.set(Format.LONG, end + Format.SEQUENCE, sequence);
    long start = end + Format.FRAME_HEADER_BYTES;
    MemorySegment.copy(payload, 0, bytes, ValueLayout.JAVA_BYTE, start, payload.length);
    LENGTH.setRelease(bytes, end, length);
    end += Format.aligned(length);
  }

  /// Up to where it is known to be on the disk.
  long forced() {
    return forced;
  }

  void forcedTo(long offset) {
    forced = offset;
  }

  /// Why it could not be forced, for ever after it could not be once.
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  void failed(String reason) {
    failure = reason;
  }

  boolean isRetired() {
    return retired;
  }

  /// Nothing more will be written to it.
  void retired() {
    retired = true;
  }

  /// The part between two offsets, for forcing.
  MemorySegment part(long from, long to) {
    return bytes.asSlice(from, to - from);
  }

  /// Unmaps it. Nobody else may be using it any more.
  void unmap() {
    arena.close();
  }
}
