package io.tollwatch.proxy;

import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.admin.AdminApi;
import io.tollwatch.proxy.admin.BreakersApi;
import io.tollwatch.proxy.admin.ChannelsApi;
import io.tollwatch.proxy.admin.ChecksApi;
import io.tollwatch.proxy.admin.ExchangeSearch;
import io.tollwatch.proxy.admin.ReportSearch;
import io.tollwatch.proxy.admin.SidecarStatus;
import io.tollwatch.proxy.admin.Sight;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.Warnings;
import io.tollwatch.proxy.egress.AdviceDesk;
import io.tollwatch.proxy.egress.Places;
import io.tollwatch.proxy.events.EventSender;
import io.tollwatch.proxy.telemetry.BreakerNews;
import io.tollwatch.proxy.telemetry.ChannelNews;
import io.tollwatch.proxy.telemetry.CheckNews;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.proxy.telemetry.TroubleLog;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Heard;
import io.tollwatch.reconcile.Reconciler;
import io.tollwatch.reconcile.Traffic;
import io.tollwatch.reconcile.Witness;
import io.tollwatch.redaction.Emails;
import io.tollwatch.report.Reports;
import io.tollwatch.report.incident.IncidentBook;
import io.tollwatch.routing.Adviser;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.StoredTakers;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Watchdog;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A running sidecar. Thread-safe.
public final class Sidecar implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sidecar.class.getName());
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration AFTER_CUT = Duration.ofSeconds(3);

  /// How long a reader waits for the store to have what was recorded last.
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final DataFolder folder;
  private final JournaledLedger ledger;
  private final Watchdog watchdog;
  private final Egress egress;
  private final Payments payments;
  private final SharedPayments shared;
  private final Breakers breakers;
  private final Channels channels;
  private final Checks checks;
  private final Metrics metrics;
  private final TroubleLog troubles;
  private final Housekeeping housekeeping;
  private final IncidentRounds incidents;
  private final ExportRounds exports;
  private final Doubts doubts;
  private final Reconciler reconciler;
  private final DoubtRounds doubtRounds;
  private final Hooks hooks;
  private final Instant startedAt;
  private final AtomicReference<Configuration> inForce;
  private final Supplier<Reread> reread;
  private volatile boolean ready;
  private volatile Optional<Listeners.Opening.Open> admin = Optional.empty();
  private volatile Optional<Listeners.Opening.Open> webhooks = Optional.empty();

  /// What came of starting one.
  public sealed interface Start {
    /// It runs.
    record Running(Sidecar sidecar) implements Start {}

    /// It does not.
    ///
    /// @param reason one sentence for people
    record Failed(String reason) implements Start {}
  }

  /// What came of reading the configuration again.
  public sealed interface Reread {
    /// It is right.
    record Right(Configuration configuration) implements Reread {}

    /// It is wrong.
    ///
    /// @param problems for people, a line each
    record Wrong(String problems) implements Reread {}
  }

  private Sidecar(
      DataFolder folder,
      JournaledLedger ledger,
      Watchdog watchdog,
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
      Optional<EventSender> events,
      Hooks hooks,
      Instant startedAt,
      AtomicReference<Configuration> inForce,
      Supplier<Reread> reread) {
    this.folder = folder;
    this.ledger = ledger;
    this.watchdog = watchdog;
    this.egress = egress;
    this.payments = payments;
    this.shared = shared;
    this.breakers = breakers;
    this.channels = channels;
    this.checks = checks;
    this.metrics = metrics;
    this.troubles = troubles;
    this.housekeeping = housekeeping;
    this.incidents = incidents;
    this.exports = exports;
    this.doubts = doubts;
    this.reconciler = reconciler;
    this.doubtRounds = new DoubtRounds(ledger, payments, this::recall, doubts, reconciler, events);
    this.hooks = hooks;
    this.startedAt = startedAt;
    this.inForce = inForce;
    this.reread = reread;
  }

  /// Starts one.
  ///
  /// @param reread reads the configuration again, for a reload
  /// @param log where lines about calls in trouble, and other news, go; must not block
  public static Start start(
      Configuration configuration, Supplier<Reread> reread, SystemTime time, Consumer<String> log) {
    return switch (DataFolder.open(configuration.data(), configuration.dataAccess())) {
      case DataFolder.Opening.Unusable unusable -> new Start.Failed(unusable.reason());
      case DataFolder.Opening.OwnedByAnother other ->
          new Start.Failed(
              "the data folder %s is owned by another running sidecar%s: stop that, or choose another folder (data)"
                  .formatted(
                      other.path(),
                      other.pid().isPresent() ? " (process " + other.pid().getAsLong() + ")" : ""));
      case DataFolder.Opening.Opened(DataFolder folder) ->
          switch (JoinKeySetup.open(folder, configuration.redaction())) {
            case JoinKey.Opening.Unusable(String reason) -> {
              folder.close();
              yield new Start.Failed(reason);
            }
            case JoinKey.Opening.Passing(JoinKey key, String reason) -> {
              LOG.log(Level.WARNING, "{0}", reason);
              yield start(
                  folder,
                  JoinKeySetup.keys(key, configuration.redaction()),
                  configuration,
                  reread,
                  time,
                  log);
            }
            case JoinKey.Opening.Ready(JoinKey key) ->
                start(
                    folder,
                    JoinKeySetup.keys(key, configuration.redaction()),
                    configuration,
                    reread,
                    time,
                    log);
          };
    };
  }

  private static Start start(
      DataFolder folder,
      JoinKeys keys,
      Configuration configuration,
      Supplier<Reread> reread,
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
    Doubts doubts = new Doubts(desks::find, ledger, time.wall(), time.nanos(), new SecureRandom());
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
    Egress egress =
        new Egress(
            new ProviderFactory(
                watchdog,
                time.nanos(),
                configuration.redaction().maskEmails() ? Emails.MASK : Emails.KEEP),
            dispatcher,
            places,
            new AdviceDesk(
                new Adviser(switchboard.router(), breakers.board()::standings), dispatcher),
            new DoorTls(folder.path().resolve("tls"), time.wall(), log),
            time);
    desks.attach(egress);
    Hooks hooks = WebhookDoor.hooks(configuration, keys.payments());
    checks.attach(
        dispatcher, new ThroughDoubts(ledger, doubts), hooks, folder.path(), egress::gateway);
    Sidecar sidecar =
        new Sidecar(
            folder,
            ledger,
            watchdog,
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
            new Reconciler(
                doubts, dispatcher, traffic, time.wall(), time.nanos(), Thread::startVirtualThread),
            DoubtRounds.events(configuration, folder, time),
            hooks,
            time.wall().instant(),
            inForce,
            reread);
    sidecar.watchItself();
    sidecar.share(configuration);
    Optional<String> trouble = egress.apply(configuration);
    if (trouble.isEmpty()) {
      trouble = sidecar.openWebhooks(configuration, time);
    }
    if (trouble.isEmpty()) {
      trouble = sidecar.openAdmin(configuration, time);
    }
    if (trouble.isPresent()) {
      sidecar.close();
      return new Start.Failed(trouble.get());
    }
    egress.warmUp();
    return new Start.Running(sidecar);
  }

  /// Learns from the journal, before channels open.
  private void recall(Entry entry) {
    channels.recall(entry);
    checks.recall(entry);
  }

  /// Where the admin API listens.
  public URI admin() {
    return uri("http", admin.orElseThrow().address());
  }

  /// Where the egress listens, without a path.
  public URI egress() {
    return Objects.requireNonNull(egress.addresses().get(Egress.MAIN));
  }

  /// Where all listeners but admin's listen, by name: `egress`, the provider's, or `webhooks`.
  public Map<String, URI> listeners() {
    Map<String, URI> all = new TreeMap<>(egress.addresses());
    webhooks().ifPresent(address -> all.put("webhooks", address));
    return all;
  }

  /// Where gateways call, if they can.
  public Optional<URI> webhooks() {
    return webhooks.map(open -> uri("http", open.address()));
  }

  /// The ledger, to be read.
  public ExchangeReader reader() {
    return ledger.reader();
  }

  /// Waits until all that was recorded so far can be read.
  public boolean flush(Duration limit) throws InterruptedException {
    return ledger.flush(limit);
  }

  /// Takes the configuration anew, whole or not at all. Calls in flight keep theirs.
  ///
  /// @return what is wrong; empty if it is in force
  public synchronized Optional<String> reload() {
    return switch (reread.get()) {
      case Reread.Wrong wrong -> Optional.of(wrong.problems());
      case Reread.Right right -> {
        Optional<String> trouble = egress.apply(right.configuration());
        if (trouble.isEmpty()) {
          inForce.set(right.configuration());
          share(right.configuration());
          breakers.board().reload();
        }
        egress.warmUp();
        yield trouble;
      }
    };
  }

  private void share(Configuration configuration) {
    shared.apply(configuration);
    Warnings.of(configuration).forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
  }

  /// Ends it: no new connections; running calls finish within the configured limit, those that
  /// don't are broken off and recorded; what was recorded is written.
  @Override
  public void close() {
    ready = false;
    doubtRounds.close();
    Thread ending = Thread.ofVirtual().start(checks::close);
    egress.drain(watchdog, AFTER_CUT);
    join(ending);
    WebhookDoor.close(webhooks);
    admin.ifPresent(open -> open.server().stop());
    egress.close();
    watchdog.close();
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

  private static void join(Thread ending) {
    try {
      ending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> openWebhooks(Configuration configuration, SystemTime time) {
    if (configuration.webhooks().isEmpty()) {
      return Optional.empty();
    }
    Witness witness = new Witness(doubts, ledger, time.wall());
    return switch (WebhookDoor.open(
        configuration.webhooks().get(),
        hooks,
        witness::heed,
        result -> metrics.webhook(result.word()))) {
      case Listeners.Opening.Refused refused -> Optional.of(refused.reason());
      case Listeners.Opening.Open open -> {
        webhooks = Optional.of(open);
        yield Optional.empty();
      }
    };
  }

  private Optional<String> openAdmin(Configuration configuration, SystemTime time) {
    var settings = configuration.admin();
    String token = Tokens.random();
    AdminApi api =
        new AdminApi(
            new View(configuration, time),
            new ExchangeSearch(time.wall()),
            new ReportSearch(time.wall()),
            new BreakersApi(breakers),
            new ChannelsApi(channels),
            new ChecksApi(checks, time.wall()),
            token,
            settings.hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()),
            Egress.from(settings.allowFrom()));
    return switch (Listeners.forRoutes(
        "admin", new InetSocketAddress(settings.address(), settings.port()), api::routes)) {
      case Listeners.Opening.Refused refused -> Optional.of(refused.reason());
      case Listeners.Opening.Open open -> {
        admin = Optional.of(open);
        publish(token);
        housekeeping.start();
        incidents.start();
        exports.start();
        doubtRounds.start();
        shared.start();
        channels.start();
        checks.start();
        ready = true;
        yield Optional.empty();
      }
    };
  }

  /// Channels open when it is known which payments stand; providers can be called by their names at
  /// once. Where the journal can't be read channels stay closed: nobody could say what stands (P1).
  /// On a full disk commands can't find this process: no reason not to take calls (P4).
  private void publish(String token) {
    try {
      folder.publishAdmin(admin(), token);
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "commands can''t find this sidecar: {0}", e.getMessage());
    }
  }

  private void watchItself() {
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
        .of(watchdog);
  }

  static URI uri(String scheme, InetSocketAddress address) {
    return URI.create(
        scheme + "://" + Listeners.shown(address.getAddress()) + ":" + address.getPort());
  }

  /// What the admin API sees.
  private final class View implements Sight {
    private final Configuration configuration;
    private final SystemTime time;
    private final Witness witness;

    View(Configuration configuration, SystemTime time) {
      this.configuration = configuration;
      this.time = time;
      this.witness = new Witness(doubts, ledger, time.wall());
    }

    @Override
    public SidecarStatus status() {
      return StatusReport.of(
          configuration,
          listeners(),
          egress,
          breakers,
          checks,
          ledger.state(),
          ledger.reader(),
          startedAt,
          time.wall().instant(),
          ready,
          payments.isReady(),
          watchdog.running());
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public String metrics() {
      return metrics.scrape();
    }

    @Override
    public Optional<String> degraded() {
      List<String> troubles =
          Stream.of(
                  ledger.state().degraded(),
                  breakers.degraded(),
                  shared.trouble(),
                  checks.trouble(),
                  exports.trouble())
              .flatMap(Optional::stream)
              .toList();
      return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
    }

    @Override
    public ExchangeReader ledger() {
      catchUp();
      return ledger.reader();
    }

    @Override
    public Reports reports() {
      catchUp();
      return ReportSetup.reports(ledger.reports(), configuration);
    }

    @Override
    public Map<String, Object> inForce(Incident incident) {
      return ReportSetup.inForce(inForce.get(), incident);
    }

    @Override
    public boolean note(IncidentNote note) {
      return new IncidentBook(ledger.reports(), ledger.incidents())
          .note(note.redacted(ReportSetup.redaction(inForce.get())), now());
    }

    private void catchUp() {
      try {
        if (ledger.state().store().isEmpty()) {
          ledger.flush(CATCH_UP);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int keep(List<Rejudgement> rejudgements) {
      return ledger.keep(rejudgements);
    }

    @Override
    public Doubts doubts() {
      return doubts;
    }

    @Override
    public Optional<Heard> hear(String provider, Fields fields, String body) {
      return witness.hear(provider, fields, body);
    }

    @Override
    public List<String> stopped() {
      return reconciler.stopped();
    }

    @Override
    public Instant now() {
      return time.wall().instant();
    }

    @Override
    public Optional<String> reload() {
      return Sidecar.this.reload();
    }
  }
}
