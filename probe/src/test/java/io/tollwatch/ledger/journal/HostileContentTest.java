package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes from outside is in the payloads. Where something is damaged, the reader looks at
/// every byte; content made to look like frames must not be read as records, nor hold it up.
class HostileContentTest {

  private static final int SEGMENT = 16 << 20;

  @TempDir private Path temp;

  private Path file(long number) {
    return temp.resolve("%020d.journal".formatted(number));
  }

  @Test
  void aWholeFrameInAPayloadIsNoRecord() throws IOException {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      var _ = journal.append((byte) 1, Reading.bytes("genuine"));
    }
    byte[] segment = Files.readAllBytes(file(1));
    byte[] frame = Arrays.copyOfRange(segment, 64, 64 + 32);
    try (Journal journal = Reading.open(temp, Reading.small())) {
      var _ = journal.append((byte) 1, frame);
    }
    byte[] damaged = Files.readAllBytes(file(2));
    damaged[64 + 4] ^= 1; // in the outer frame's header, so that its payload is searched
    Files.write(file(2), damaged);

    Reading read = Reading.all(temp);

    assertThat(read.texts()).containsExactly("genuine");
    assertThat(read.damages()).hasSize(1);
  }

  @Test
  void sixteenMebibytesOfFrameLikeBytesTakeLinearTime() throws IOException {
    try (Journal journal = Reading.open(temp, JournalSettings.defaults())) {
      assertThat(journal.id()).isNotNull();
    }
    ByteBuffer hostile = ByteBuffer.wrap(Files.readAllBytes(file(1))).order(Format.ORDER);
    for (int at = 64; at < SEGMENT - 64; at += 8) {
      hostile.putInt(at, Format.MAX_FRAME).putInt(at + 4, 7); // kind and length fit everywhere
    }
    Files.write(file(1), hostile.array());

    // a checksum over all that each of them claims to be would take hours
    Reading reading = assertTimeout(Duration.ofSeconds(30), () -> Reading.all(temp));

    assertThat(reading.records()).isEmpty();
    assertThat(reading.damages())
        .singleElement()
        .satisfies(damage -> {
          assertThat(damage.from()).isEqualTo(64);
          assertThat(damage.to()).isEqualTo(SEGMENT - 64);
        });
  }

  @Test
  void filesThatAreNoSegmentsAreReportedOrPassedOver() throws IOException {
    Files.write(file(1), new byte[0]);
    Files.write(file(2), Reading.bytes("rubbish"));
    Files.write(file(3), new byte[100]);
    Files.write(temp.resolve("99999999999999999999.journal"), new byte[10]);
    Files.write(temp.resolve("notes.txt"), new byte[10]);
    try (Journal journal = Reading.open(temp, Reading.small())) {
      assertThat(journal.start().segment()).isEqualTo(4);
      var _ = journal.append((byte) 1, Reading.bytes("one"));
    }

    Reading read = Reading.all(temp);

    assertThat(read.texts()).containsExactly("one");
    assertThat(read.damages()).extracting(Damage::segment).contains(1L, 2L, 3L);
  }

  @Test
  void recordsGoneFromASegmentsEndAreMissedInTheNextOne() throws IOException {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      for (int i = 0; i < 100; i++) { // 63 to a segment
        var _ = Reading.keep(journal, new byte[1_000]);
      }
    }
    byte[] bytes = Files.readAllBytes(file(1));
    Arrays.fill(bytes, 64 + 60 * 1_024, 64 + 63 * 1_024, (byte) 0);
    Files.write(file(1), bytes);

    Reading read = Reading.all(temp);

    assertThat(read.records()).hasSize(97);
    assertThat(read.damages())
        .singleElement()
        .satisfies(damage -> {
          assertThat(damage.file()).isEqualTo(file(1));
          assertThat(damage.recordsLost()).hasValue(3);
          assertThat(damage.cause()).isEqualTo(Damage.Cause.CORRUPT);
        });
  }
}
