package io.tollwatch.proxy;

import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.proxy.config.LedgerConfig;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Removes what shall not be kept any longer, every few minutes, beside everything else. What is in
/// doubt is never removed. Thread-safe.
final class Housekeeping implements AutoCloseable {

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-housekeeping").daemon().factory());

  private final JournaledLedger ledger;
  private final Supplier<LedgerConfig> settings;

  /// @param settings those in force, asked for each time
  Housekeeping(JournaledLedger ledger, Supplier<LedgerConfig> settings) {
    this.ledger = ledger;
    this.settings = settings;
  }

  void start() {
    var _ = rounds.scheduleWithFixedDelay(this::clean, 1, 10, TimeUnit.MINUTES);
  }

  /// Does it now.
  void clean() {
    try {
      ledger.tidy(LedgerSetup.keeping(settings.get()));
    } catch (UncheckedIOException e) {
      // the database is in trouble, which the ledger's own state says: the next round tries again
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
