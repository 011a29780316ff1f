package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.journal.Damage.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that can't give some sectors of a segment any more: what is around them is read, the
/// place is reported as damaged, and nothing is thrown.
class BadSectorTest {

  private static final int SECTOR = 4 << 10;
  private static final int RECORDS = 400;
  private static final String PAD = ".".repeat(100);

  @TempDir private Path temp;
  private final List<Damage> damages = new ArrayList<>();
  private long end;

  @BeforeEach
  void write() {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      for (int i = 0; i < RECORDS; i++) {
        Reading.keep(journal, Reading.bytes(text(i)));
      }
      end = journal.end().offset();
    }
  }

  private static String text(int number) {
    return number + PAD;
  }

  /// What is read if nothing can be from one offset to the other.
  private List<JournalRecord> readWithout(long from, long to) {
    SegmentFiles files = new SegmentFiles(temp, file -> new Bad(SegmentBytes.of(file), from, to));
    try (JournalReader reader =
        new JournalReader(files, new UUID(0, 0), Position.BEGINNING, damages::add)) {
      return reader.read(Position.UNBOUNDED, 2 * RECORDS, Long.MAX_VALUE).records();
    }
  }

  @Test
  void inTheMiddleItCostsTheRecordsInIt() {
    List<JournalRecord> records = readWithout(5L * SECTOR, 6L * SECTOR);

    assertThat(corrupt().from()).isBetween(5L * SECTOR - 200, 5L * SECTOR);
    assertThat(damages.getLast().to()).isBetween(6L * SECTOR, 6L * SECTOR + 200);
    assertThat(damages).allMatch(it -> it.reason().equals("the disk can't read it"));
    long lost = damages.stream().mapToLong(it -> it.recordsLost().orElseThrow()).sum();
    assertThat(lost).isBetween(20L, SECTOR / 120L + 2);
    assertThat(records).hasSize((int) (RECORDS - lost));
    assertThat(records.getLast().payload()).isEqualTo(Reading.bytes(text(RECORDS - 1)));
  }

  @Test
  void atTheEndItIsNotTakenForTheEndOfWhatWasWritten() {
    long from = end / SECTOR * SECTOR;

    List<JournalRecord> records = readWithout(from, from + SECTOR);

    assertThat(corrupt().from()).isBetween(from - 200, from);
    assertThat(records).isNotEmpty().hasSizeLessThan(RECORDS);
    assertThat(records.getLast().payload()).isEqualTo(Reading.bytes(text(records.size() - 1)));
  }

  @Test
  void inTheHeaderItCostsWhatIsInItsSector() {
    List<JournalRecord> records = readWithout(0, 512);

    assertThat(corrupt().from()).isZero();
    assertThat(records.getLast().payload()).isEqualTo(Reading.bytes(text(RECORDS - 1)));
  }

  @Test
  void aFileThatCanNotBeReadAtAllIsDamageToo() {
    assertThat(readWithout(0, Long.MAX_VALUE)).isEmpty();

    assertThat(corrupt().from()).isZero();
    assertThat(damages.getLast().to()).isGreaterThanOrEqualTo(end);
  }

  /// The first damage; all must be of this cause.
  private Damage corrupt() {
    assertThat(damages)
        .isNotEmpty()
        .allMatch(it -> it.cause() == Cause.CORRUPT)
        .allMatch(it -> it.file().startsWith(temp));
    return damages.getFirst();
  }

  /// Throws for what touches the bad part, as a disk does.
  private record Bad(SegmentBytes whole, long from, long to) implements SegmentBytes {

    @Override
    public int read(ByteBuffer into, long offset) throws IOException {
      if (offset < to && offset + into.remaining() > from) {
        throw new IOException("Input/output error");
      }
      return whole.read(into, offset);
    }

    @Override
    public long size() throws IOException {
      return whole.size();
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
