package io.tollwatch.proxy;

import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.proxy.admin.AdminApi;
import io.tollwatch.proxy.admin.BreakersApi;
import io.tollwatch.proxy.admin.ChannelsApi;
import io.tollwatch.proxy.admin.ChecksApi;
import io.tollwatch.proxy.admin.ExchangeSearch;
import io.tollwatch.proxy.admin.ReportSearch;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.Machine;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.Warnings;
import io.tollwatch.proxy.egress.Admission;
import io.tollwatch.reconcile.Witness;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A running sidecar. Thread-safe.
public final class Sidecar implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sidecar.class.getName());
  private static final Duration AFTER_CUT = Duration.ofSeconds(3);

  private final Parts parts;
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

  private Sidecar(Parts parts, Supplier<Reread> reread) {
    this.parts = parts;
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
    Parts parts = Parts.of(folder, keys, configuration, time, log);
    Sidecar sidecar = new Sidecar(parts, reread);
    sidecar.share(configuration);
    Optional<String> trouble = parts.egress().apply(configuration);
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
    parts.egress().warmUp();
    return new Start.Running(sidecar);
  }

  /// Where the admin API listens.
  public URI admin() {
    return uri("http", admin.orElseThrow().address());
  }

  /// Where the egress listens, without a path.
  public URI egress() {
    return Objects.requireNonNull(parts.egress().addresses().get(Egress.MAIN));
  }

  /// Where all listeners but admin's listen, by name: `egress`, the provider's, or `webhooks`.
  public Map<String, URI> listeners() {
    Map<String, URI> all = new TreeMap<>(parts.egress().addresses());
    webhooks().ifPresent(address -> all.put("webhooks", address));
    return all;
  }

  /// Where gateways call, if they can.
  public Optional<URI> webhooks() {
    return webhooks.map(open -> uri("http", open.address()));
  }

  /// The ledger, to be read.
  public ExchangeReader reader() {
    return parts.ledger().reader();
  }

  /// Waits until all that was recorded so far can be read.
  public boolean flush(Duration limit) throws InterruptedException {
    return parts.ledger().flush(limit);
  }

  /// Takes the configuration anew, whole or not at all. Calls in flight keep theirs.
  ///
  /// @return what is wrong; empty if it is in force
  public synchronized Optional<String> reload() {
    return switch (reread.get()) {
      case Reread.Wrong wrong -> Optional.of(wrong.problems());
      case Reread.Right right -> {
        Optional<String> trouble = parts.egress().apply(right.configuration());
        if (trouble.isEmpty()) {
          parts.inForce().set(right.configuration());
          share(right.configuration());
          parts.breakers().board().reload();
        }
        parts.egress().warmUp();
        yield trouble;
      }
    };
  }

  private void share(Configuration configuration) {
    parts.shared().apply(configuration);
    Warnings.of(configuration, Machine.ofProcess())
        .forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
  }

  /// Ends it: no new connections; running calls finish within the configured limit, those that
  /// don't are broken off and recorded; what was recorded is written.
  @Override
  public void close() {
    ready = false;
    parts.doubtRounds().close();
    Thread ending = Thread.ofVirtual().start(parts.checks()::close);
    parts.egress().drain(parts.watchdog(), AFTER_CUT);
    join(ending);
    WebhookDoor.close(webhooks);
    admin.ifPresent(open -> open.server().close());
    parts.egress().close();
    parts.close();
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
    Witness witness = new Witness(parts.doubts(), parts.ledger(), time.wall());
    return switch (WebhookDoor.open(
        configuration.webhooks().get(),
        parts.hooks(),
        witness::heed,
        () -> heardElsewhere(parts.inForce().get()),
        result -> parts.metrics().webhook(result.word()))) {
      case Listeners.Opening.Refused refused -> Optional.of(refused.reason());
      case Listeners.Opening.Open open -> {
        webhooks = Optional.of(open);
        yield Optional.empty();
      }
    };
  }

  /// The providers whose webhooks other sidecars of a shared ledger may wait for.
  private static Set<String> heardElsewhere(Configuration configuration) {
    return configuration.ledger().url().isEmpty()
        ? Set.of()
        : configuration.providers().values().stream()
            .filter(provider -> provider.webhookSecret().isPresent())
            .map(ProviderConfig::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<String> openAdmin(Configuration configuration, SystemTime time) {
    var settings = configuration.admin();
    String token = Tokens.random();
    AdminApi api =
        new AdminApi(
            new SidecarView(this, parts, configuration, time),
            new ExchangeSearch(time.wall()),
            new ReportSearch(time.wall()),
            new BreakersApi(parts.breakers()),
            new ChannelsApi(parts.channels()),
            new ChecksApi(parts.checks(), time.wall()),
            token,
            Admission.of(settings.hosts(), Egress.from(settings.allowFrom())));
    return switch (Listeners.forRoutes(
        "admin", new InetSocketAddress(settings.address(), settings.port()), api::routes)) {
      case Listeners.Opening.Refused refused -> Optional.of(refused.reason());
      case Listeners.Opening.Open open -> {
        admin = Optional.of(open);
        publish(token);
        parts.start();
        ready = true;
        yield Optional.empty();
      }
    };
  }

  /// On a full disk commands can't find this process: no reason not to take calls (P4).
  private void publish(String token) {
    try {
      parts.folder().publishAdmin(admin(), token);
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "commands can''t find this sidecar: {0}", e.getMessage());
    }
  }

  /// Whether calls are taken, and the work beside them goes on.
  boolean isReady() {
    return ready;
  }

  static URI uri(String scheme, InetSocketAddress address) {
    return URI.create(
        scheme + "://" + Listeners.shown(address.getAddress()) + ":" + address.getPort());
  }
}
