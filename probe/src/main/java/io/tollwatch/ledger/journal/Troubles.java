package io.tollwatch.ledger.journal;

import io.tollwatch.ledger.journal.JournalState.Trouble;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether one part of the journal is in trouble now. Thread-safe; only that part changes it.
final class Troubles {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final InstantSource clock;
  private volatile @Nullable Trouble current;

  Troubles(InstantSource clock) {
    this.clock = clock;
  }

  void begin(String reason) {
    Trouble before = current;
    current = new Trouble(before == null ? clock.instant() : before.since(), reason);
    if (before == null) {
      LOG.warn("the journal is in trouble: {}", reason);
    }
  }

  void end() {
    if (current != null) {
      current = null;
      LOG.info("the journal is well again");
    }
  }

  Optional<Trouble> current() {
    return Optional.ofNullable(current);
  }
}
