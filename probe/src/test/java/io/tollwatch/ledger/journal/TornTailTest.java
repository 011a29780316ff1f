package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.journal.Damage.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last record was cut short, at each of its bytes: what is before it is read, and it is told
/// where the unfinished one is. Then the next process goes on.
class TornTailTest {

  private static final String LAST = "the last one {}";

  @TempDir private Path temp;
  private Path file = Path.of("");
  private byte[] whole = new byte[0];
  private int from;
  private int to;

  @BeforeEach
  void write() throws IOException {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      var _ = journal.append((byte) 1, Reading.bytes("one"));
      from = (int) journal.end().offset();
      var _ = journal.append((byte) 1, Reading.bytes(LAST));
      to = from + Format.FRAME_HEADER_BYTES + LAST.length();
    }
    file = temp.resolve("%020d.journal".formatted(1));
    whole = Files.readAllBytes(file);
  }

  @Test
  void withoutItsLengthAsAKillLeavesIt() throws IOException {
    for (int cut = from + 4; cut <= to; cut++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, from, from + 4, (byte) 0);
      Arrays.fill(torn, cut, to, (byte) 0);
      tornIsTold(torn, cut > from + 4);
    }
  }

  @Test
  void withItsLengthButNotAllOfItAsALossOfPowerLeavesIt() throws IOException {
    for (int cut = from; cut < to; cut++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, cut, to, (byte) 0);
      tornIsTold(torn, cut > from);
    }
  }

  @Test
  void inTheHeaderOfASegmentThatWasBeingBegun() throws IOException {
    Path next = temp.resolve("%020d.journal".formatted(2));
    byte[] header =
        new SegmentHeader(Format.VERSION, 2, UUID.randomUUID(), 1, 2, whole.length).encoded();
    int copy = whole.length - header.length;
    for (int written = 0; written < 2 * header.length; written++) {
      byte[] begun = new byte[whole.length];
      System.arraycopy(header, 0, begun, copy, Math.min(written, header.length));
      System.arraycopy(header, 0, begun, 0, Math.max(0, written - header.length));
      Files.write(next, begun);
      assertThat(Reading.all(temp).damages())
          .as("after %d bytes", written)
          .singleElement()
          .satisfies(damage -> {
            assertThat(damage.cause()).isEqualTo(Cause.TORN);
            assertThat(damage.reason()).isEqualTo("the segment's header was not finished");
          });
      assertThat(Reading.all(temp).texts()).containsExactly("one", LAST);
    }
  }

  @Test
  void withTheFileEndingInIt() throws IOException {
    for (int cut = from; cut < to; cut++) {
      tornIsTold(Arrays.copyOf(whole, cut), cut > from);
    }
  }

  private void tornIsTold(byte[] torn, boolean anythingLeft) throws IOException {
    Files.write(file, torn);

    Reading read = Reading.all(temp);

    assertThat(read.texts()).containsExactly("one");
    assertThat(read.damages()).hasSize(anythingLeft ? 1 : 0);
    for (Damage damage : read.damages()) {
      assertThat(damage.cause()).as("%s", damage).isEqualTo(Cause.TORN);
      assertThat(damage.file()).isEqualTo(file);
      assertThat(damage.from()).isEqualTo(from);
      assertThat(damage.to()).isBetween((long) from + 1, (long) to + 7);
    }
  }

  @Test
  void aLastRecordThatWasChangedIsNotTakenForUnfinished() throws IOException {
    for (int at = from; at < to; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      Files.write(file, changed);

      Reading read = Reading.all(temp);

      assertThat(read.texts()).containsExactly("one");
      assertThat(read.damages()).singleElement().matches(it -> it.from() == from);
      // with a longer length it looks as if the end were missing
      if (at >= from + 4) {
        assertThat(read.damages().getFirst().cause()).isEqualTo(Cause.CORRUPT);
      }
    }
  }

  @Test
  void theNextProcessGoesOn() throws IOException {
    byte[] torn = whole.clone();
    Arrays.fill(torn, from, from + 4, (byte) 0);
    Files.write(file, torn);

    try (Journal journal = Reading.open(temp, Reading.small())) {
      var _ = journal.append((byte) 1, Reading.bytes("two"));
      assertThat(Reading.of(journal).texts()).containsExactly("one", "two");
      assertThat(journal.state().damages()).isEqualTo(1);
    }
    assertThat(Reading.all(temp).damages())
        .extracting(Damage::cause)
        .isEqualTo(List.of(Cause.TORN));
  }
}
