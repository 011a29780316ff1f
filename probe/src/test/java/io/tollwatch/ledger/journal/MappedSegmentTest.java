package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2 at the moment of a kill: whoever sees a frame's length sees the whole frame.
class MappedSegmentTest {

  private static final int SIZE = 32 << 20;
  private static final int FRAMES = 60;
  private static final int PAYLOAD = 500_000;
  private static final VarHandle LENGTH = Format.INT.varHandle();

  @TempDir private Path temp;

  /// Another thread looks at the same file all the time while large frames are written to it, and
  /// copies what it sees once a length shows.
  @Test
  void theLengthIsStoredLast() throws Exception {
    FrameCheck check = new FrameCheck(new UUID(1, 2), 1);
    SegmentFiles files = new SegmentFiles(temp);
    MappedSegment segment = MappedSegment.prepare(files, 1, SIZE, check);
    byte[] payload = new byte[PAYLOAD];
    Arrays.fill(payload, (byte) 7);
    int crc = FrameCheck.ofPayload(payload);
    CountDownLatch looking = new CountDownLatch(1);
    CompletableFuture<Integer> whole =
        CompletableFuture.supplyAsync(
            () -> wholeFrames(files.currentPath(1), looking),
            task -> Thread.ofPlatform().daemon().start(task));
    looking.await();

    for (int i = 0; i < FRAMES; i++) {
      segment.write((byte) 1, payload, crc, i);
    }

    assertThat(whole.get()).isEqualTo(FRAMES);
    segment.unmap();
  }

  /// How many frames had their last byte as soon as they had a length.
  private static int wholeFrames(Path file, CountDownLatch looking) {
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, SIZE, arena);
      looking.countDown();
      int whole = 0;
      long at = Format.HEADER_BYTES;
      for (int i = 0; i < FRAMES; i++) {
        int length = (int) LENGTH.getAcquire(bytes, at);
        while (length == 0) {
          Thread.onSpinWait();
          length = (int) LENGTH.getAcquire(bytes, at);
        }
        boolean last = bytes.get(ValueLayout.JAVA_BYTE, at + length - 1) == 7;
        whole += last && bytes.get(Format.LONG, at + Format.SEQUENCE) == i ? 1 : 0;
        at += Format.aligned(length);
      }
      return whole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
