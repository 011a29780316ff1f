package io.tollwatch.proxy;

import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.report.incident.IncidentBook;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Finds incidents in the ledger once a minute, beside everything else, and keeps them. After a
/// round that took long it rests fifty times as long, so that it never takes more than a fiftieth
/// of one processor from the calls (P4). Thread-safe.
final class IncidentRounds implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(IncidentRounds.class.getName());

  /// What an earlier run left unfinished is not left for long.
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final Duration SHORTEST_REST = Duration.ofMinutes(1);
  private static final int REST = 50;
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-incidents").daemon().factory());

  private final JournaledLedger ledger;
  private final SystemTime time;

  IncidentRounds(JournaledLedger ledger, SystemTime time) {
    this.ledger = ledger;
    this.time = time;
  }

  void start() {
    again(FIRST);
  }

  private void again(Duration rest) {
    if (!rounds.isShutdown()) {
      var _ = rounds.schedule(this::round, rest.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void round() {
    long begun = time.nanos().getAsLong();
    try {
      look();
    } catch (UncheckedIOException e) {
      // the database is in trouble, which the ledger's own state says: the next round tries again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a search for incidents failed: {0}", e.getClass().getName());
    }
    Duration rest = Duration.ofNanos(time.nanos().getAsLong() - begun).multipliedBy(REST);
    again(rest.compareTo(SHORTEST_REST) > 0 ? rest : SHORTEST_REST);
  }

  /// Looks once, up to where the store is: what it lacks would look like silence.
  void look() throws InterruptedException {
    if (ledger.state().store().isEmpty()) {
      ledger.flush(CATCH_UP);
      ledger.knownUntil().ifPresent(book()::bringUpToDate);
    }
  }

  private IncidentBook book() {
    return new IncidentBook(ledger.reports(), ledger.incidents());
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
