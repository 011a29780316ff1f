package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollwatch.ledger.journal.Appended.Kept;
import io.tollwatch.ledger.journal.Appended.NotKept;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P4 on a disk that is really full: a file system in memory of 1 MiB. Needs the right to mount
/// one, on Linux; elsewhere it is skipped. That the JVM lives to say so is a part of each test: a
/// mapped page without a block would end it.
class FullDiskTest {

  private static final int SEGMENT = 128 << 10;
  private static final byte[] PAYLOAD = new byte[1_000];

  @TempDir private Path temp;
  private Path disk = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tollwatch-test", disk.toString());
    assumeTrue(mounted, "no right to mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private Journal open() {
    return Reading.open(
        disk.resolve("journal"), JournalSettings.defaults().withSegmentBytes(SEGMENT));
  }

  private void fillUp() throws IOException {
    FileStore store = Files.getFileStore(disk);
    byte[] block = new byte[4_096];
    Path filler = disk.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      while (store.getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(store.getUsableSpace()).isLessThan(block.length);
    }
  }

  @Test
  void recordsAreKeptToTheEndOfTheSegmentAndAgainOnceThereIsRoom() throws IOException {
    try (Journal journal = open()) {
      awaitBytes(journal, 3 * SEGMENT);
      fillUp();
      int kept = 0;
      while (journal.append((byte) 1, PAYLOAD) instanceof Kept) {
        kept++;
      }
      assertThat(kept).as("the current one and two prepared").isEqualTo(3 * 127);
      for (int i = 0; i < 10_000; i++) {
        assertThat(journal.append((byte) 1, PAYLOAD)).isInstanceOf(NotKept.class);
      }
      awaitTrouble(journal);
      assertThat(journal.append((byte) 1, PAYLOAD))
          .isInstanceOfSatisfying(
              NotKept.class, no -> assertThat(no.reason()).contains("No space left"));

      Files.delete(disk.resolve("filler"));
      var _ = Reading.keep(journal, PAYLOAD);
      assertThat(journal.end().segment()).isEqualTo(4);
    }
    Reading read = Reading.all(disk.resolve("journal"));
    assertThat(read.records()).hasSize(3 * 127 + 1);
    assertThat(read.damages()).isEmpty();
  }

  @Test
  void itOpensOnAFullDiskAndKeepsRecordsOnceThereIsRoom() throws IOException {
    Files.createDirectory(disk.resolve("journal"));
    fillUp();
    try (Journal journal = open()) {
      assertThat(journal.append((byte) 1, PAYLOAD)).isInstanceOf(NotKept.class);
      assertThat(journal.state().trouble()).isPresent();
      assertThat(journal.segments()).isEmpty();
      assertThat(journal.end()).isEqualTo(journal.start());

      Files.delete(disk.resolve("filler"));
      var _ = Reading.keep(journal, PAYLOAD);
      assertThat(journal.segments()).extracting(Segment::number).isEqualTo(List.of(1L));
      assertThat(Reading.of(journal).records()).hasSize(1);
    }
  }

  @Test
  void deletingASegmentMakesRoom() throws IOException {
    try (Journal journal = open()) {
      awaitBytes(journal, 3 * SEGMENT);
      fillUp();
      while (journal.append((byte) 1, PAYLOAD) instanceof Kept) {
        // until it is full
      }
      awaitTrouble(journal);

      assertThat(journal.delete(1)).isTrue();
      var _ = Reading.keep(journal, PAYLOAD);
      assertThat(journal.end().segment()).isEqualTo(4);
    }
  }

  private static void awaitBytes(Journal journal, long bytes) {
    while (journal.state().bytes() < bytes) {
      Thread.onSpinWait();
    }
  }

  private static void awaitTrouble(Journal journal) {
    while (journal.state().trouble().isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
