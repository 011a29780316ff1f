package io.tollwatch.proxy;

import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.egress.AdviceDesk;
import io.tollwatch.proxy.egress.Overload;
import io.tollwatch.proxy.egress.Places;
import io.tollwatch.proxy.telemetry.BreakerNews;
import io.tollwatch.proxy.telemetry.ChannelNews;
import io.tollwatch.proxy.telemetry.CheckNews;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.proxy.telemetry.TroubleLog;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Reconciler;
import io.tollwatch.reconcile.Traffic;
import io.tollwatch.redaction.Emails;
import io.tollwatch.routing.Adviser;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.StoredTakers;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Watchdog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What a sidecar is made of, wired once: each part knows only those it is given. Made without
/// opening a listener, or waiting for the store.
///
/// @param inForce the configuration that is in force now
/// @param startedAt when it was made
record Parts(
    DataFolder folder,
    JournaledLedger ledger,
    Watchdog watchdog,
    Overload overload,
    Egress egress,
    Payments payments,
    SharedPayments shared,
    Breakers breakers,
    Channels channels,
    Checks checks,
    Metrics metrics,
    TroubleLog troubles,
    Housekeeping housekeeping,
    IncidentRounds incidents,
    ExportRounds exports,
    Doubts doubts,
    Reconciler reconciler,
    DoubtRounds doubtRounds,
    Hooks hooks,
    AtomicReference<Configuration> inForce,
    Instant startedAt) {

  private static final Duration TICK = Duration.ofMillis(20);

  /// Makes them over a data folder.
  ///
  /// @param keys by which payments and cards are joined
  /// @param log where lines about calls in trouble, and other news, go; must not block
  static Parts of(
      DataFolder folder,
      JoinKeys keys,
      Configuration configuration,
      SystemTime time,
      Consumer<String> log) {
    Store store = LedgerSetup.store(folder, configuration.ledger());
    SharedPayments shared =
        new SharedPayments(
            store,
            configuration.ledger().url().isPresent(),
            keys.payments().mark(),
            time.wall(),
            time.nanos());
    JournaledLedger ledger =
        JournaledLedger.open(
            folder, store, LedgerSetup.settings(configuration.ledger()), time.wall(), time.nanos());
    Watchdog watchdog = new Watchdog(time.nanos(), TICK);
    Metrics metrics = new Metrics(time.wall());
    TroubleLog troubles = new TroubleLog(log, time.wall(), configuration.log().perMinute());
    AtomicReference<Configuration> inForce = new AtomicReference<>(configuration);
    Breakers breakers = new Breakers(inForce::get, time, new BreakerNews(ledger, metrics, log));
    breakers.start(ledger);
    Channels channels = new Channels(inForce::get, time, new ChannelNews(ledger, log));
    CheckNews checkNews = new CheckNews(metrics, time.wall(), log);
    ledger.keepOrders(channels.roster()::isLatest);
    Checks checks =
        new Checks(
            inForce::get,
            store,
            configuration.ledger().url().isPresent(),
            ledger,
            breakers.board(),
            checkNews,
            checkNews::leaked,
            time);
    Places places = breakers.places(metrics);
    Payments payments = new Payments();
    Switchboard switchboard =
        new Switchboard(
            new Router(breakers.board(), channels.record(), channels.roster()),
            new Gate(),
            payments,
            new RetryBudgets(time.nanos()),
            new StoredTakers(ledger::reader),
            shared.claims());
    Desks desks = new Desks();
    Doubts doubts =
        new Doubts(
            desks::find, shared.claims(), ledger, time.wall(), time.nanos(), new SecureRandom());
    Traffic traffic = new Traffic(time.nanos());
    Dispatcher dispatcher =
        new Dispatcher(
            new Scribe(
                Classifier.shipped(),
                time.wall(),
                Math.toIntExact(configuration.captureLimit().bytes()),
                keys),
            ledger,
            metrics.and(troubles).and(doubts).and(traffic).and(checks.observer()),
            configuration.ledger().strict(),
            switchboard,
            time.nanos());
    Overload overload = Overload.ofProcess(time.nanos());
    Egress egress =
        new Egress(
            new ProviderFactory(
                watchdog,
                time.nanos(),
                configuration.redaction().maskEmails() ? Emails.MASK : Emails.KEEP),
            dispatcher,
            places,
            overload,
            new AdviceDesk(
                new Adviser(switchboard.router(), breakers.board()::standings), dispatcher),
            new DoorTls(folder.path().resolve("tls"), time.wall(), log),
            time);
    desks.attach(egress);
    Hooks hooks = WebhookDoor.hooks(configuration, keys.payments());
    checks.attach(
        dispatcher, new ThroughDoubts(ledger, doubts), hooks, folder.path(), egress::reach);
    Reconciler reconciler =
        new Reconciler(
            doubts, dispatcher, traffic, time.wall(), time.nanos(), Thread::startVirtualThread);
    Parts parts =
        new Parts(
            folder,
            ledger,
            watchdog,
            overload,
            egress,
            payments,
            shared,
            breakers,
            channels,
            checks,
            metrics,
            troubles,
            new Housekeeping(ledger, egress::keeping),
            new IncidentRounds(ledger, time),
            new ExportRounds(ledger, inForce::get, time, folder.path()),
            doubts,
            reconciler,
            new DoubtRounds(
                ledger,
                payments,
                entry -> {
                  channels.recall(entry);
                  checks.recall(entry);
                },
                doubts,
                reconciler,
                DoubtRounds.events(configuration, folder, time)),
            hooks,
            inForce,
            time.wall().instant());
    parts.watch();
    return parts;
  }

  private void watch() {
    doubts.onResolution(payments::resolved);
    doubts.onResolution(metrics::resolved);
    reconciler.onLook(metrics::looked);
    new Gauges(metrics)
        .of(ledger)
        .of(doubts)
        .of(payments)
        .of(shared)
        .of(breakers)
        .of(channels)
        .of(checks)
        .of(overload)
        .of(watchdog);
  }

  /// Begins the work that goes on beside the calls. Channels open when it is known which payments
  /// stand; providers can be called by their names at once. Where the journal can't be read
  /// channels stay closed: nobody could say what stands (P1).
  void start() {
    housekeeping.start();
    incidents.start();
    exports.start();
    doubtRounds.start();
    shared.start();
    channels.start();
    checks.start();
  }

  /// Ends what needs no more than the ledger, and the ledger.
  void close() {
    watchdog.close();
    overload.close();
    troubles.close();
    breakers.close();
    channels.close();
    housekeeping.close();
    incidents.close();
    exports.close();
    shared.close();
    ledger.close();
    folder.close();
  }
}
