package io.tollwatch.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2, the journal's part: whatever a process was told is kept is there after that process was
/// killed at any moment. A child appends from four threads and names each record once it is kept;
/// it is killed at another moment in each round, over many small segments.
class JournalKillTest {

  @TempDir private Path temp;

  @Test
  void whatWasKeptIsThereAfterAKill() throws Exception {
    Set<String> told = new HashSet<>();
    for (int round = 1; round <= 5; round++) {
      try (AppendingProcess child = AppendingProcess.start(temp, "round" + round)) {
        told.addAll(child.kept(round * round * 200));
        told.addAll(child.kill());
      }

      Reading read = Reading.all(temp);
      assertThat(new HashSet<>(read.texts())).containsAll(told);
      assertThat(read.texts()).doesNotHaveDuplicates();
      assertThat(read.damages())
          .as("a kill leaves an unfinished record at most")
          .allMatch(damage -> damage.cause() == Damage.Cause.TORN);
      assertThat(unexpected(read, told)).as("kept, and killed before it was told").isLessThan(5);
      told.addAll(read.texts());
    }
    assertThat(told).hasSizeGreaterThan(10_000);
    assertThat(segments()).hasSizeGreaterThan(20);
  }

  private static long unexpected(Reading read, Set<String> told) {
    return read.texts().stream().filter(text -> !told.contains(text)).count();
  }

  private List<Segment> segments() {
    try (Journal journal = Reading.open(temp, Reading.small())) {
      return journal.segments();
    }
  }
}
