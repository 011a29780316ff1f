package io.tollwatch.ledger;

import io.tollwatch.ledger.journal.Appended;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.JournalReader;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.journal.Position;
import java.util.List;

/// Carries records of a segment over to the journal's end, so that the segment can go. What is
/// carried over twice does no harm: the store knows it by its id.
final class Salvage {

  private static final int MAX_RECORDS = 500;
  private static final int MAX_BYTES = 1 << 20;

  private final Journal journal;

  Salvage(Journal journal) {
    this.journal = journal;
  }

  /// Carries over all that is intact in a damaged segment, and sets its file aside.
  ///
  /// @return whether that is done; if not, the journal takes nothing now and it must be tried again
  boolean of(long segment) {
    Position end = new Position(segment + 1, 0);
    try (JournalReader reader = journal.reader(new Position(segment, 0), _ -> {})) {
      for (List<JournalRecord> some = reader.read(end, MAX_RECORDS, MAX_BYTES).records();
          !some.isEmpty();
          some = reader.read(end, MAX_RECORDS, MAX_BYTES).records()) {
        if (!carried(some)) {
          return false;
        }
      }
    }
    journal.setAside(segment);
    return true;
  }

  private boolean carried(List<JournalRecord> records) {
    for (JournalRecord each : records) {
      if (journal.append(each.kind(), each.payload()) instanceof Appended.NotKept) {
        return false;
      }
    }
    return true;
  }
}
