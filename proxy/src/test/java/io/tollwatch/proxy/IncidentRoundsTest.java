package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The search for incidents beside a real ledger.
class IncidentRoundsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Samples.startedAt(1).plus(Duration.ofHours(2)));

  @TempDir private Path temp;

  /// Held by whoever wants the feeder to stand still: it looks at its clock before each step.
  private final ReentrantLock feeding = new ReentrantLock();

  private long nanos() {
    if (!Thread.currentThread().getName().equals("ledger-feeder")) {
      return System.nanoTime();
    }
    feeding.lock();
    try {
      return System.nanoTime();
    } finally {
      feeding.unlock();
    }
  }

  @Test
  void findsWhatTheStoreHasThoughItNeverCatchesUp() throws InterruptedException {
    try (DataFolder folder =
            ((DataFolder.Opening.Opened) DataFolder.open(temp.resolve("data"))).folder();
        JournaledLedger ledger =
            JournaledLedger.open(
                folder,
                Store.embedded(folder.path()),
                LedgerSettings.defaults(),
                CLOCK,
                this::nanos);
        IncidentRounds rounds = new IncidentRounds(ledger, new SystemTime(CLOCK, this::nanos))) {
      ledger.intent(Samples.pay(1));
      ledger.outcome(Samples.lost(1));
      assertThat(ledger.flush(LIMIT)).isTrue();

      feeding.lock();
      try {
        ledger.intent(Samples.pay(2));
        rounds.look();

        assertThat(ledger.state().lag().bytes()).isPositive();
        assertThat(ledger.reports().openIncidents()).hasSize(1);
      } finally {
        feeding.unlock();
      }
    }
  }
}
