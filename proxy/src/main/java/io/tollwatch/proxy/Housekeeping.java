package io.tollwatch.proxy;

import io.tollwatch.ledger.StoredLedger;
import io.tollwatch.proxy.config.LedgerConfig;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Removes what is older than it shall be kept, once an hour, beside everything else. What is in
/// doubt is never removed. Thread-safe.
final class Housekeeping implements AutoCloseable {

  private final ScheduledExecutorService hourly =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-housekeeping").daemon().factory());

  private final StoredLedger ledger;
  private final Supplier<LedgerConfig> settings;
  private final InstantSource clock;

  /// @param settings those in force, asked for each time
  Housekeeping(StoredLedger ledger, Supplier<LedgerConfig> settings, InstantSource clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  void start() {
    var _ = hourly.scheduleWithFixedDelay(this::clean, 1, 60, TimeUnit.MINUTES);
  }

  /// Does it now.
  void clean() {
    try {
      settings.get().maxAge().ifPresent(age -> ledger.deleteOlderThan(clock.instant().minus(age)));
    } catch (UncheckedIOException e) {
      // the database is in trouble, which the ledger's own state says: the next hour tries again
    }
  }

  @Override
  public void close() {
    hourly.shutdownNow();
  }
}
