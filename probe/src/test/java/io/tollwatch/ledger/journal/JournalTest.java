package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.ledger.journal.Appended.Kept;
import io.tollwatch.ledger.journal.Appended.NotKept;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final byte KIND = 7;

  @TempDir private Path temp;

  private static Kept append(Journal journal, String text) {
    return (Kept) journal.append(KIND, Reading.bytes(text));
  }

  @Test
  void givesBackWhatWasAppended() {
    try (Journal journal = Reading.open(temp, JournalSettings.defaults())) {
      assertThat(journal.end()).isEqualTo(journal.start()).isEqualTo(new Position(1, 64));
      Kept first = append(journal, "one");
      Kept second = (Kept) journal.append((byte) 200, new byte[0]);

      Reading read = Reading.of(journal);
      assertThat(read.texts()).containsExactly("one", "");
      assertThat(read.records()).extracting(JournalRecord::kind).containsExactly(KIND, (byte) 200);
      assertThat(read.records())
          .extracting(JournalRecord::position)
          .containsExactly(first.position(), second.position());
      assertThat(first.position()).isEqualTo(journal.start());
      assertThat(journal.state().appended()).isEqualTo(2);
    }
    assertThat(Reading.all(temp).texts()).containsExactly("one", "");
    assertThat(Reading.all(temp).damages()).isEmpty();
  }

  @Test
  void keepsTheOrderOfEachOfManyThreadsOverManySegments() throws Exception {
    int threads = 8;
    int each = 2_000;
    List<Position> positions = new ArrayList<>();
    try (Journal journal = Reading.open(temp, Reading.small())) {
      try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<List<Position>>> tasks =
            IntStream.range(0, threads)
                .<Callable<List<Position>>>mapToObj(
                    thread -> () -> appendMany(journal, thread, each))
                .toList();
        for (Future<List<Position>> done : pool.invokeAll(tasks)) {
          positions.addAll(done.get());
        }
      }
      assertThat(Reading.of(journal).records()).hasSize(threads * each);
      assertThat(journal.state().segments()).isGreaterThan(7);
    }

    Reading read = Reading.all(temp);
    assertThat(read.damages()).isEmpty();
    assertThat(read.records())
        .extracting(JournalRecord::position)
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(positions);
    for (int thread = 0; thread < threads; thread++) {
      String mine = thread + ":";
      assertThat(read.texts().stream().filter(text -> text.startsWith(mine)))
          .containsExactlyElementsOf(
              IntStream.range(0, each).mapToObj(number -> mine + number).toList());
    }
  }

  private static List<Position> appendMany(Journal journal, int thread, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> Reading.keep(journal, Reading.bytes(thread + ":" + number)).position())
        .toList();
  }

  @Test
  void aReaderFollowsTheLiveSegmentInBoundedBatches() {
    try (Journal journal = Reading.open(temp, Reading.small());
        JournalReader reader = journal.reader(journal.start(), _ -> {})) {
      for (int round = 0; round < 1_000; round++) {
        Reading.keep(journal, Reading.bytes("a".repeat(round)));
        Reading.keep(journal, Reading.bytes("b".repeat(round)));

        assertThat(reader.read(journal.end(), 1, 1 << 20).records()).hasSize(1);
        JournalReader.Batch second = reader.read(journal.end(), 100, 1);
        assertThat(second.records()).hasSize(1);
        assertThat(second.next()).isEqualTo(reader.position()).isEqualTo(journal.end());
        assertThat(reader.read(journal.end(), 100, 100).records()).isEmpty();
      }
      assertThat(journal.end().segment()).isGreaterThan(5);
    }
  }

  @Test
  void readsOnFromAPositionInALaterProcess() {
    Position middle;
    try (Journal journal = Reading.open(temp, Reading.small())) {
      append(journal, "one");
      middle = journal.end();
      append(journal, "two");
    }
    try (Journal journal = Reading.open(temp, Reading.small())) {
      append(journal, "three");
    }

    assertThat(Reading.from(temp, middle).texts()).containsExactly("two", "three");
  }

  @Test
  void eachProcessBeginsANewSegmentOfTheSameJournal() {
    Journal first = Reading.open(temp, Reading.small());
    append(first, "one");
    first.close();
    try (Journal second = Reading.open(temp, Reading.small())) {
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.start()).isEqualTo(new Position(2, 64));
      assertThat(second.segments()).extracting(Segment::live).containsExactly(false, true);
    }
    assertThat(first.append(KIND, new byte[1])).isEqualTo(new NotKept("the journal is closed"));
  }

  @Test
  void isItsOwnersOnlyAndLeavesNothingPreparedBehind() throws IOException {
    Path folder = temp.resolve("data/journal");
    try (Journal journal = Reading.open(folder, Reading.small())) {
      append(journal, "one");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> {
            assertThat(file).hasFileName("00000000000000000001.journal").hasSize(64 << 10);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
          });
    }
  }

  @Test
  void aRecordThatIsTooLongIsNotKept() {
    try (Journal journal = Reading.open(temp, JournalSettings.defaults())) {
      assertThat(journal.append(KIND, new byte[1 << 20])).isInstanceOf(Kept.class);
      assertThat(journal.append(KIND, new byte[(1 << 20) + 1]))
          .isEqualTo(new NotKept("the record is too long: 1048577 bytes"));
      assertThat(journal.state().notKept()).isEqualTo(1);
    }
    try (Journal journal = Reading.open(temp, Reading.small())) {
      int most = (64 << 10) - 2 * 64 - 24;
      assertThat(journal.append(KIND, new byte[most + 1])).isInstanceOf(NotKept.class);
      assertThat(journal.append(KIND, new byte[most])).isInstanceOf(Kept.class);
    }
    assertThat(Reading.all(temp).records()).hasSize(2);
  }

  @Test
  void atItsBoundItKeepsNoMoreUntilSomethingIsDeleted() {
    JournalSettings settings = Reading.small().withMaxBytes(3 * (64 << 10));
    try (Journal journal = Reading.open(temp, settings)) {
      byte[] payload = new byte[1_000];
      int kept = 0;
      while (kept < 3 * 63) { // 63 to a segment
        kept += journal.append(KIND, payload) instanceof Kept ? 1 : 0;
      }
      JournalState full = journal.state();
      awaitTrouble(journal);
      assertThat(journal.append(KIND, payload))
          .isInstanceOfSatisfying(
              NotKept.class, no -> assertThat(no.reason()).contains("bound is reached"));
      assertThat(full.bytes()).isEqualTo(settings.maxBytes());
      assertThat(journal.state().trouble().orElseThrow().since())
          .isEqualTo(Reading.CLOCK.instant());

      assertThat(journal.delete(3)).as("live").isFalse();
      assertThat(journal.delete(99)).isFalse();
      assertThat(journal.delete(1)).isTrue();
      assertThat(journal.delete(1)).isFalse();
      Reading.keep(journal, Reading.bytes("again".repeat(200)));

      assertThat(journal.end().segment()).isEqualTo(4);
      assertThat(journal.segments()).extracting(Segment::number).containsExactly(2L, 3L, 4L);
      assertThat(journal.state().bytes()).isEqualTo(settings.maxBytes());
    }
    assertThat(Reading.all(temp).texts()).hasSize(2 * 63 + 1).endsWith("again".repeat(200));
  }

  private static void awaitTrouble(Journal journal) {
    while (journal.state().trouble().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aNewerFormatIsRefusedAndNothingIsTouched() throws IOException {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      append(journal, "one");
      var header = new SegmentHeader(2, 5, journal.id(), 0, 0, 64);
      Files.write(temp.resolve("%020d.journal".formatted(5)), header.encoded());
    }
    Files.write(temp.resolve("%020d.spare".formatted(6)), new byte[100]);
    Files.setLastModifiedTime(temp, FileTime.from(Instant.EPOCH));
    var before = contents();

    var opening = Journal.open(temp, Reading.small(), Reading.CLOCK);

    assertThat(opening)
        .isInstanceOfSatisfying(
            Opening.Newer.class,
            newer -> {
              assertThat(newer.version()).isEqualTo(2);
              assertThat(newer.reason()).contains("newer version (format 2", "005.journal");
            });
    assertThat(JournalReader.open(temp, Position.BEGINNING, _ -> {}))
        .isInstanceOf(Opening.Newer.class);
    assertThat(contents()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(temp)).isEqualTo(FileTime.from(Instant.EPOCH));
  }

  private Map<String, List<Object>> contents() throws IOException {
    var contents = new TreeMap<String, List<Object>>();
    try (Stream<Path> files = Files.list(temp)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        contents.put(
            file.toString(), List.of(Arrays.hashCode(bytes), Files.getLastModifiedTime(file)));
      }
    }
    return contents;
  }

  @Test
  void aFolderThatCannotBeIsUnusable() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(Journal.open(file.resolve("journal"), Reading.small(), Reading.CLOCK))
        .isInstanceOf(Opening.Unusable.class);
    assertThat(Reading.all(temp.resolve("none")).records()).isEmpty();
  }

  @Test
  void aSegmentThatVanishedIsReportedAndPassedOver() throws IOException {
    for (String text : List.of("one", "two", "three")) {
      try (Journal journal = Reading.open(temp, Reading.small())) {
        append(journal, text);
      }
    }
    Files.delete(temp.resolve("%020d.journal".formatted(2)));

    Reading read = Reading.from(temp, new Position(1, 64));
    assertThat(read.texts()).containsExactly("one", "three");
    assertThat(read.damages())
        .singleElement()
        .satisfies(damage -> {
          assertThat(damage.cause()).isEqualTo(Damage.Cause.MISSING);
          assertThat(damage.segment()).isEqualTo(2);
          assertThat(damage.file()).hasFileName("00000000000000000002.journal");
        });
  }

  @Test
  void aDamagedSegmentIsSetAsideAndItsNumberNotUsedAgain() throws IOException {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      append(journal, "one");
    }
    Path file = temp.resolve("%020d.journal".formatted(1));
    byte[] bytes = Files.readAllBytes(file);
    try (Journal journal = Reading.open(temp, Reading.small())) {
      assertThat(journal.setAside(2)).as("live").isFalse();
      assertThat(journal.setAside(1)).isTrue();
      assertThat(journal.setAside(1)).as("again").isFalse();
      append(journal, "two");
      assertThat(journal.segments()).extracting(Segment::number).containsExactly(2L);
    }

    assertThat(temp.resolve("damaged").resolve(file.getFileName())).hasBinaryContent(bytes);
    Reading read = Reading.from(temp, new Position(1, 64));
    assertThat(read.texts()).containsExactly("two");
    assertThat(read.damages()).isEmpty();
    Files.delete(temp.resolve("%020d.journal".formatted(2)));
    try (Journal journal = Reading.open(temp, Reading.small())) {
      assertThat(journal.start().segment()).isEqualTo(2);
    }
  }

  @Test
  void aFileCutByOthersIsNotKeptAndTheNextSegmentTakesOver() throws IOException {
    try (Journal journal = Reading.open(temp, JournalSettings.defaults())) {
      for (int i = 0; i < 20_000; i++) { // long enough for compiled code
        append(journal, "before");
      }
      Path file = new SegmentFiles(temp).find(1).orElseThrow();
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(1 << 12);
      }

      int lost = 0;
      while (!(journal.append(KIND, new byte[20_000]) instanceof Kept)) {
        lost++;
      }
      append(journal, "after");
      assertThat(lost).isPositive();
      assertThat(journal.end().segment()).isEqualTo(2);
    }
    assertThat(Reading.all(temp).texts()).endsWith("after");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4_095, 4_097, (1 << 30) + 8})
  void segmentsHaveASizeThatMakesSense(int size) {
    assertThatThrownBy(() -> JournalSettings.defaults().withSegmentBytes(size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoSegmentsMustFit() {
    assertThatThrownBy(() -> JournalSettings.defaults().withMaxBytes((32 << 20) - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
