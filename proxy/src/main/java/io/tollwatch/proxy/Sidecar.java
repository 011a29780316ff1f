package io.tollwatch.proxy;

import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.proxy.admin.AdminApi;
import io.tollwatch.proxy.admin.ExchangeSearch;
import io.tollwatch.proxy.admin.ReportSearch;
import io.tollwatch.proxy.admin.SidecarStatus;
import io.tollwatch.proxy.admin.Sight;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.RedactionConfig;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.proxy.telemetry.TroubleLog;
import io.tollwatch.redaction.Emails;
import io.tollwatch.report.Reports;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Watchdog;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  private final Metrics metrics;
  private final TroubleLog troubles;
  private final Housekeeping housekeeping;
  private final Instant startedAt;
  private final Supplier<Reread> reread;
  private volatile boolean ready;
  private volatile Optional<Listeners.Opening.Open> admin = Optional.empty();

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
      Metrics metrics,
      TroubleLog troubles,
      Housekeeping housekeeping,
      Instant startedAt,
      Supplier<Reread> reread) {
    this.folder = folder;
    this.ledger = ledger;
    this.watchdog = watchdog;
    this.egress = egress;
    this.metrics = metrics;
    this.troubles = troubles;
    this.housekeeping = housekeeping;
    this.startedAt = startedAt;
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
          switch (joinKeys(folder, configuration.redaction())) {
            case JoinKey.Opening.Unusable(String reason) -> {
              folder.close();
              yield new Start.Failed(reason);
            }
            case JoinKey.Opening.Passing(JoinKey key, String reason) -> {
              LOG.log(Level.WARNING, "{0}", reason);
              yield start(
                  folder, keys(key, configuration.redaction()), configuration, reread, time, log);
            }
            case JoinKey.Opening.Ready(JoinKey key) ->
                start(
                    folder, keys(key, configuration.redaction()), configuration, reread, time, log);
          };
    };
  }

  private static JoinKey.Opening joinKeys(DataFolder folder, RedactionConfig config) {
    return config
        .joinKey()
        .map(key -> JoinKey.of(key.reveal().getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> JoinKey.in(folder.path().resolve(JoinKey.FILE)));
  }

  /// Cards are joined only under a key that somebody gave: it must outlive this machine's disk.
  private static JoinKeys keys(JoinKey key, RedactionConfig config) {
    return new JoinKeys(
        key,
        config.joinCards() && config.joinKey().isPresent() ? Optional.of(key) : Optional.empty());
  }

  private static Start start(
      DataFolder folder,
      JoinKeys keys,
      Configuration configuration,
      Supplier<Reread> reread,
      SystemTime time,
      Consumer<String> log) {
    JournaledLedger ledger =
        JournaledLedger.open(
            folder,
            LedgerSetup.store(folder, configuration.ledger()),
            LedgerSetup.settings(configuration.ledger()),
            time.wall(),
            time.nanos());
    Watchdog watchdog = new Watchdog(time.nanos(), TICK);
    Metrics metrics = new Metrics(time.wall());
    TroubleLog troubles = new TroubleLog(log, time.wall(), configuration.log().perMinute());
    Dispatcher dispatcher =
        new Dispatcher(
            new Scribe(
                Classifier.shipped(),
                time.wall(),
                Math.toIntExact(configuration.captureLimit().bytes()),
                keys),
            ledger,
            metrics.and(troubles),
            configuration.ledger().strict());
    Egress egress =
        new Egress(
            new ProviderFactory(
                watchdog,
                time.nanos(),
                configuration.redaction().maskEmails() ? Emails.MASK : Emails.KEEP),
            dispatcher,
            new DoorTls(folder.path().resolve("tls"), time.wall(), log),
            time);
    Sidecar sidecar =
        new Sidecar(
            folder,
            ledger,
            watchdog,
            egress,
            metrics,
            troubles,
            new Housekeeping(ledger, egress::keeping),
            time.wall().instant(),
            reread);
    sidecar.watchItself();
    Optional<String> trouble = egress.apply(configuration);
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

  /// Where the admin API listens.
  public URI admin() {
    return uri("http", admin.orElseThrow().address());
  }

  /// Where the egress listens, without a path.
  public URI egress() {
    return Objects.requireNonNull(egress.addresses().get(Egress.MAIN));
  }

  /// Where all egress listeners listen, by name: `egress`, or the provider's.
  public Map<String, URI> listeners() {
    return egress.addresses();
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
        egress.warmUp();
        yield trouble;
      }
    };
  }

  /// Ends it: no new connections; running calls finish within the configured limit, those that
  /// don't are broken off and recorded; what was recorded is written.
  @Override
  public void close() {
    ready = false;
    egress.drain(watchdog, AFTER_CUT);
    admin.ifPresent(open -> open.server().stop());
    egress.close();
    watchdog.close();
    troubles.close();
    housekeeping.close();
    ledger.close();
    folder.close();
  }

  private Optional<String> openAdmin(Configuration configuration, SystemTime time) {
    var settings = configuration.admin();
    String token = Tokens.random();
    AdminApi api =
        new AdminApi(
            new View(configuration),
            new ExchangeSearch(time.wall()),
            new ReportSearch(time.wall()),
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
        ready = true;
        yield Optional.empty();
      }
    };
  }

  /// On a full disk commands can't find this process: no reason not to take calls (P4).
  private void publish(String token) {
    try {
      folder.publishAdmin(admin(), token);
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "commands can''t find this sidecar: {0}", e.getMessage());
    }
  }

  private void watchItself() {
    metrics.gauge(
        "tollwatch.calls.running", "Calls under way", watchdog, dog -> (double) dog.running());
    metrics.gauge(
        "tollwatch.ledger.lag.bytes",
        "How much of the journal the store has not been fed",
        ledger,
        l -> (double) l.state().lag().bytes());
    metrics.gauge(
        "tollwatch.ledger.lag.seconds",
        "For how long the store has been behind the journal",
        ledger,
        l -> l.state().lag().age().toMillis() / 1000.0);
    metrics.gauge(
        "tollwatch.journal.bytes",
        "What the journal takes on the disk",
        ledger,
        l -> (double) l.state().journal().bytes());
    metrics.gauge(
        "tollwatch.journal.trouble",
        "1 while the journal can't grow, or is not there",
        ledger,
        l -> l.state().journal().trouble().isPresent() ? 1 : 0);
    metrics.count(
        "tollwatch.journal.damages",
        "Damaged places found in the journal",
        ledger,
        l -> (double) l.state().journal().damages());
    metrics.gauge(
        "tollwatch.ledger.trouble",
        "1 while the store takes no records",
        ledger,
        l -> l.state().store().isPresent() ? 1 : 0);
    metrics.count(
        "tollwatch.ledger.written",
        "Exchanges that the store was fed",
        ledger,
        l -> (double) l.state().written());
    metrics.count(
        "tollwatch.ledger.not.kept", "Records not kept", ledger, l -> (double) l.state().notKept());
    metrics.count(
        "tollwatch.ledger.left.out",
        "Records of the journal that the store can't be fed",
        ledger,
        l -> (double) l.state().leftOut());
  }

  static URI uri(String scheme, InetSocketAddress address) {
    return URI.create(
        scheme + "://" + Listeners.shown(address.getAddress()) + ":" + address.getPort());
  }

  /// What the admin API sees.
  private final class View implements Sight {
    private final Configuration configuration;

    View(Configuration configuration) {
      this.configuration = configuration;
    }

    @Override
    public SidecarStatus status() {
      return StatusReport.of(
          configuration,
          egress,
          ledger.state(),
          ledger.reader(),
          startedAt,
          ready,
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
      return ledger.state().degraded();
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
    public Optional<String> reload() {
      return Sidecar.this.reload();
    }
  }
}
