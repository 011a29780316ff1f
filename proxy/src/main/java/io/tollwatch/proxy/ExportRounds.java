package io.tollwatch.proxy;

import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.store.Pace;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.export.Delivery;
import io.tollwatch.proxy.export.DueExports;
import io.tollwatch.proxy.export.DueExports.Due;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Makes reports when they are due, one after the other, beside everything else. That one failed is
/// said in the log and in [#trouble()], until it was made. Thread-safe.
final class ExportRounds implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ExportRounds.class.getName());
  private static final Duration CATCH_UP = Duration.ofSeconds(5);

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-exports").daemon().factory());

  private final JournaledLedger ledger;
  private final Supplier<Configuration> inForce;
  private final SystemTime time;
  private final Delivery delivery;
  private final DueExports exports = new DueExports();
  private volatile Optional<String> trouble = Optional.empty();

  /// @param scratch where a report lies on its way to a webhook
  ExportRounds(
      JournaledLedger ledger, Supplier<Configuration> inForce, SystemTime time, Path scratch) {
    this.ledger = ledger;
    this.inForce = inForce;
    this.time = time;
    this.delivery = new Delivery(scratch, time.wall());
  }

  void start() {
    var _ = rounds.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
  }

  /// Makes what is due now; nobody waits for it.
  void round() {
    Pace.with(
        () -> Pace.restMillis(1, Runtime.getRuntime().availableProcessors()), this::makeAllDue);
  }

  private void makeAllDue() {
    for (Due due : exports.due(inForce.get().exports(), time.wall().instant())) {
      try {
        make(due);
      } catch (RuntimeException e) {
        failed(due, e.getClass().getName());
      }
    }
  }

  private void make(Due due) {
    try {
      if (ledger.state().store().isEmpty()) {
        ledger.flush(CATCH_UP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Optional<String> failed =
        delivery.deliver(due, ReportSetup.reports(ledger.reports(), inForce.get()));
    if (failed.isPresent()) {
      failed(due, failed.get());
    } else {
      trouble = Optional.empty();
      LOG.log(Level.INFO, "export {0} of {1} is made", due.export().name(), due.at());
    }
  }

  private void failed(Due due, String reason) {
    String again =
        exports
            .failed(due, time.wall().instant())
            .map(pause -> "it is tried again in " + pause.toMinutes() + " min")
            .orElse("it is not tried again");
    trouble =
        Optional.of("export %s of %s failed: %s".formatted(due.export().name(), due.at(), reason));
    LOG.log(Level.WARNING, "{0}; {1}", trouble.get(), again);
  }

  /// What export failed last; empty if the last one was made.
  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
