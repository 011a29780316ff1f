package io.tollwatch.report;

import io.tollwatch.ledger.store.TimeWindow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the reader of a report must know of its data. Immutable.
///
/// @param oldest when the oldest exchange that is still kept started
record Notes(Optional<Instant> oldest, ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssXXX", Locale.ROOT);

  /// What is to be said of a window and of the one that it is compared with.
  List<String> of(TimeWindow window, Optional<TimeWindow> baseline) {
    List<String> notes = new ArrayList<>();
    if (!reaches(window)) {
      notes.add("This time is not all in the ledger: " + begins());
    } else if (baseline.filter(each -> !reaches(each)).isPresent()) {
      notes.add("The time compared with is not all in the ledger: " + begins());
    }
    return notes;
  }

  /// The ledger does not tell what was deleted from what never was.
  private String begins() {
    return oldest
            .map(at -> "its oldest exchange started at " + TIME.format(at.atZone(zone)))
            .orElse("it has no settled exchange")
        + ". What was before is no longer kept, or was never recorded.";
  }

  private boolean reaches(TimeWindow window) {
    return oldest.filter(at -> !at.isAfter(window.from())).isPresent();
  }
}
