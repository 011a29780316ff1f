package io.tollwatch.proxy;

import io.tollwatch.exchange.Entry;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.events.EventSender;
import io.tollwatch.proxy.events.EventSignature;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Rebuilding;
import io.tollwatch.reconcile.Reconciler;
import io.tollwatch.routing.Payments;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Rebuilds the index of payments and the register of doubts from the ledger, beside the calls, and
/// then has the reconciler make its rounds. Trouble on the way costs no payment (P4): it is said,
/// and tried again. Thread-safe.
final class DoubtRounds implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(DoubtRounds.class.getName());
  private static final long TICK_MILLIS = 250;

  /// What asks the store waits for a moment: to open a database at once would take a sixth of what
  /// the first call waits for on one core. The journal, without which no channel opens, does not.
  private static final long FIRST_MILLIS = 1_000;

  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-doubts").daemon().factory());

  /// A thread of its own: the service may be slow.
  private final ScheduledExecutorService telling =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-events").daemon().factory());

  private final JournaledLedger ledger;
  private final Payments payments;
  private final Doubts doubts;
  private final Consumer<Entry> others;
  private final Reconciler reconciler;
  private final Rebuilding rebuilding;
  private final Optional<EventSender> events;
  private boolean replayed;
  private volatile boolean filled;

  /// @param others learn from the journal too, before channels open
  /// @param events where the service is told what is learned
  DoubtRounds(
      JournaledLedger ledger,
      Payments payments,
      Consumer<Entry> others,
      Doubts doubts,
      Reconciler reconciler,
      Optional<EventSender> events) {
    this.ledger = ledger;
    this.payments = payments;
    this.doubts = doubts;
    this.others = others;
    this.reconciler = reconciler;
    this.rebuilding = doubts.rebuild();
    this.events = events;
  }

  /// Tells the service, if it is configured to where.
  static Optional<EventSender> events(
      Configuration configuration, DataFolder folder, SystemTime time) {
    return configuration
        .events()
        .map(config ->
            new EventSender(
                config.url(),
                new EventSignature(config.secret().reveal()),
                folder.path(),
                time.wall(),
                time.nanos()));
  }

  void start() {
    rounds.execute(() -> safely(this::learn));
    var _ =
        rounds.scheduleWithFixedDelay(
            () -> safely(this::round), FIRST_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    events.ifPresent(this::startTelling);
  }

  private void startTelling(EventSender sender) {
    var _ =
        telling.scheduleWithFixedDelay(
            () -> tell(sender), FIRST_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void safely(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // its message may quote what must not be written down
      LOG.log(Level.WARNING, "a round of the reconciler failed: {0}", e.getClass().getName());
    }
  }

  private void round() {
    learn();
    if (!replayed) {
      return;
    }
    if (!filled || (doubts.mayTakeMore() && upToDate())) {
      fill();
    }
    reconciler.round();
  }

  /// Learns what the journal has. Without one channels stay closed: a payment that nothing is known
  /// of may have been taken.
  private void learn() {
    if (!replayed && ledger.hasJournal()) {
      replay();
    }
  }

  /// Whether the store has all that was resolved, so that nothing of it comes in again.
  private boolean upToDate() {
    try {
      return ledger.state().store().isEmpty() && ledger.flush(CATCH_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Once the store has all that was learned: what is written later was learned later.
  private void tell(EventSender sender) {
    try {
      if (ledger.state().store().isEmpty() && ledger.flushResolutions(CATCH_UP)) {
        sender.round(ledger.reader());
      }
      if (filled) {
        sender.announce(doubts);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "events can''t be told now: {0}", e.getClass().getName());
    }
  }

  private void replay() {
    replayed = true;
    learnPayments();
    try {
      ledger.replay(rebuilding);
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "doubts of earlier runs are not all known: {0}", e.getMessage());
    }
    rebuilding.replayed();
  }

  private void learnPayments() {
    try {
      payments.rebuild(each -> ledger.replay(others.andThen(each)));
    } catch (UncheckedIOException e) {
      LOG.log(
          Level.ERROR, "channels stay closed, for the journal can''t be read: {0}", e.getMessage());
    }
  }

  private void fill() {
    try {
      rebuilding.fill(ledger.reader());
      filled = true;
    } catch (UncheckedIOException e) {
      // the store can't be read now, which the ledger's own state says: the next round tries again
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    telling.shutdownNow();
  }
}
