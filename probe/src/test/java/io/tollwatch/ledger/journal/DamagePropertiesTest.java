package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.journal.Damage.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// A part of a segment is overwritten, whichever and with whatever: everything outside it is read,
/// nothing is invented, and what was lost is told with its place.
class DamagePropertiesTest {

  private static final int SEGMENT = 16 << 10;
  private static Path temp = Path.of("");
  private static byte[] whole = new byte[0];
  private static Reading intact = new Reading(List.of(), List.of(), List.of());

  @BeforeContainer
  static void write() throws IOException {
    temp = Files.createTempDirectory("journal");
    JournalSettings settings = JournalSettings.defaults().withSegmentBytes(SEGMENT);
    try (Journal journal = Reading.open(temp, settings)) {
      Random random = new Random(7);
      for (int i = 0; i < 60; i++) {
        var _ = journal.append((byte) i, Reading.bytes(i + "x".repeat(random.nextInt(400))));
      }
    }
    intact = Reading.all(temp);
    whole = Files.readAllBytes(file());
    assertThat(intact.texts()).hasSize(60);
    assertThat(intact.records().getLast().position().segment()).isEqualTo(1);
  }

  @AfterContainer
  static void delete() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Path file() {
    return temp.resolve("%020d.journal".formatted(1));
  }

  @Property(tries = 500)
  void rubbish(
      @ForAll @IntRange(max = SEGMENT - 1) int from,
      @ForAll @IntRange(min = 1, max = 3_000) int length,
      @ForAll long seed)
      throws IOException {
    int to = Math.min(from + length, SEGMENT);
    byte[] rubbish = new byte[to - from];
    new Random(seed).nextBytes(rubbish);
    everythingElseIsRead(from, rubbish);
  }

  @Property(tries = 300)
  void zeros(
      @ForAll @IntRange(max = SEGMENT - 1) int from,
      @ForAll @IntRange(min = 1, max = 3_000) int length)
      throws IOException {
    everythingElseIsRead(from, new byte[Math.min(length, SEGMENT - from)]);
  }

  @Property(tries = 500)
  void oneBit(@ForAll @IntRange(max = SEGMENT - 1) int at, @ForAll @IntRange(max = 7) int bit)
      throws IOException {
    everythingElseIsRead(at, new byte[] {(byte) (whole[at] ^ 1 << bit)});
  }

  @Property(tries = 300)
  void otherPartsOfTheSameFile(
      @ForAll @IntRange(max = SEGMENT - 1) int from,
      @ForAll @IntRange(max = SEGMENT - 1) int source,
      @ForAll @IntRange(min = 1, max = 3_000) int length)
      throws IOException {
    int size = Math.min(length, SEGMENT - Math.max(from, source));
    everythingElseIsRead(from, Arrays.copyOfRange(whole, source, source + size));
  }

  private static void everythingElseIsRead(int from, byte[] put) throws IOException {
    byte[] damaged = whole.clone();
    ByteBuffer.wrap(damaged).put(from, put);
    Files.write(file(), damaged);
    List<String> hit =
        IntStream.range(0, 60)
            .filter(i -> !sameFrame(i, damaged))
            .mapToObj(i -> intact.texts().get(i))
            .toList();

    Reading read = Reading.all(temp);

    assertThat(read.texts())
        .containsExactlyElementsOf(
            intact.texts().stream().filter(text -> !hit.contains(text)).toList());
    placesAreTold(read.damages(), from, from + put.length, damaged);
    if (hit.size() == 60 || isTailOfZeros(hit, damaged)) {
      return;
    }
    assertThat(read.damages())
        .as("hit: %s", hit)
        .hasSizeGreaterThanOrEqualTo(hit.isEmpty() ? 0 : 1);
    if (!hit.isEmpty() && !hit.contains(intact.texts().getLast())) {
      long lost = read.damages().stream().mapToLong(it -> it.recordsLost().orElse(0)).sum();
      assertThat(lost).isEqualTo(hit.size());
      assertThat(read.damages()).extracting(Damage::cause).containsOnly(Cause.CORRUPT);
    }
  }

  private static boolean sameFrame(int index, byte[] damaged) {
    int from = (int) intact.records().get(index).position().offset();
    int to = from + Format.FRAME_HEADER_BYTES + intact.records().get(index).payload().length;
    return Arrays.equals(whole, from, to, damaged, from, to);
  }

  /// The end of what was written is not told from records that are all zeros.
  private static boolean isTailOfZeros(List<String> hit, byte[] damaged) {
    if (hit.isEmpty()) {
      return false;
    }
    int first = intact.texts().indexOf(hit.getFirst());
    int offset = (int) intact.records().get(first).position().offset();
    int end = SEGMENT - Format.HEADER_BYTES;
    return IntStream.range(offset, end).allMatch(i -> damaged[i] == 0);
  }

  private static void placesAreTold(List<Damage> damages, int from, int to, byte[] damaged) {
    for (Damage damage : damages) {
      assertThat(damage.file()).isEqualTo(file());
      boolean touches = damage.from() < to && damage.to() > from;
      assertThat(touches).as("%s for %d to %d", damage, from, to).isTrue();
      assertThat(
              Arrays.equals(
                  whole,
                  (int) damage.from(),
                  (int) damage.to(),
                  damaged,
                  (int) damage.from(),
                  (int) damage.to()))
          .isFalse();
    }
  }
}
