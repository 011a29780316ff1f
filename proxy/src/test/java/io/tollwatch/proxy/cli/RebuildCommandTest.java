package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.JournaledLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildCommandTest {

  private static final int PAYMENTS = 4;

  @TempDir private Path folder;

  @Test
  void aLostStoreComesBackFromTheJournal() throws Exception {
    String before = pay();
    Files.delete(data().resolve("ledger.mv.db"));

    Ran ran = rebuild();

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("fed from the journal: 4 exchanges");
    assertThat(exchanges()).isEqualTo(before);
  }

  @Test
  void aDestroyedStoreIsKeptAside() throws Exception {
    String before = pay();
    byte[] junk = "no database ".repeat(500).getBytes(StandardCharsets.UTF_8);
    Files.write(data().resolve("ledger.mv.db"), junk);

    Ran ran = rebuild();

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("the old file can't be read any further");
    assertThat(Files.readAllBytes(aside())).isEqualTo(junk);
    assertThat(exchanges()).isEqualTo(before);
  }

  @Test
  void whatOnlyTheOldStoreHasIsTakenOver() throws Exception {
    String before = pay();
    forgetJournal();

    Ran ran = rebuild();

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("looked at for what only the old file has: 4 exchanges");
    assertThat(exchanges()).isEqualTo(before);
  }

  @Test
  void aRunningSidecarIsInTheWay() {
    try (RunningSidecar ignored = new RunningSidecar(folder)) {
      Ran ran = rebuild();
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains("stop it first");
    }
  }

  /// Pays and ends; what is then recorded.
  private String pay() throws Exception {
    try (RunningSidecar running = new RunningSidecar(folder)) {
      for (int i = 0; i < PAYMENTS; i++) {
        running.pay("stripe", "pm_card_visa", "order-" + i);
      }
    }
    String recorded = exchanges();
    assertThat(recorded.lines()).hasSize(PAYMENTS);
    return recorded;
  }

  private Ran rebuild() {
    return Ran.command("ledger", "rebuild", "--data", data().toString());
  }

  private String exchanges() {
    return Ran.command("exchanges", "--json", "--data", data().toString()).out();
  }

  private Path aside() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ledger-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void forgetJournal() throws IOException {
    try (Stream<Path> files = Files.walk(data().resolve(JournaledLedger.JOURNAL))) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private Path data() {
    return folder.resolve("data");
  }
}
