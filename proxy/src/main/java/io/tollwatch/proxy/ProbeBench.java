package io.tollwatch.proxy;

import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.checks.plain.AnswerMemory;
import io.tollwatch.checks.plain.PlainProbes;
import io.tollwatch.checks.run.Bench;
import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.Ear;
import io.tollwatch.checks.run.Gateway;
import io.tollwatch.checks.run.Reach;
import io.tollwatch.checks.run.Runner;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.checks.run.Watcher;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.health.Health;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.Secret;
import io.tollwatch.reconcile.Desk;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Witness;
import io.tollwatch.redaction.Emails;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.routing.StoredTakers;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Watchdog;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs checks once, without a sidecar, with a ledger of its own in the folder `probe` of the data
/// folder: a sidecar may run beside it. Thread-safe.
public final class ProbeBench implements AutoCloseable {

  /// The folder of its ledger in the data folder.
  public static final String FOLDER = "probe";

  /// Where it remembers what names stood for.
  private static final String ANSWERS = "dns-answers.json";

  private static final Duration TICK = Duration.ofMillis(5);

  private final Configuration configuration;
  private final SystemTime time;
  private final DataFolder folder;
  private final JournaledLedger ledger;
  private final Watchdog watchdog;
  private final ProviderFactory factory;
  private final TestMoneyRegister register;
  private final Hooks hooks;
  private final Runner runner;
  private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
  private volatile Optional<Listeners.Opening.Open> webhooks = Optional.empty();

  /// What came of opening one.
  public sealed interface Opening {

    /// It is ready.
    record Opened(ProbeBench bench) implements Opening {}

    /// It is not.
    ///
    /// @param reason one sentence for people
    record Failed(String reason) implements Opening {}
  }

  private ProbeBench(
      Configuration configuration, SystemTime time, DataFolder folder, JoinKeys keys) {
    this.configuration = configuration;
    this.time = time;
    this.folder = folder;
    this.ledger =
        JournaledLedger.open(
            folder,
            Store.embedded(folder.path()),
            LedgerSetup.settings(configuration.ledger()),
            time.wall(),
            time.nanos());
    this.watchdog = new Watchdog(time.nanos(), TICK);
    this.factory =
        new ProviderFactory(
            watchdog,
            time.nanos(),
            configuration.redaction().maskEmails() ? Emails.MASK : Emails.KEEP);
    this.register = new TestMoneyRegister(ledger, time.wall());
    ledger.replay(register::restore);
    ledger.keepTestMoney(register::isOpen);
    this.hooks = WebhookDoor.hooks(configuration, keys.payments());
    Ear ear = new Ear();
    this.runner =
        new Runner(
            new Bench(
                dispatcher(keys, ear),
                ear,
                register,
                ledger,
                new PlainProbes(
                    AnswerMemory.in(folder.path().resolve(ANSWERS)), time.wall(), time.nanos()),
                hooks,
                time.wall(),
                time.nanos()));
  }

  /// Opens one.
  public static Opening open(Configuration configuration, SystemTime time) {
    return switch (DataFolder.open(
        configuration.data().resolve(FOLDER), configuration.dataAccess())) {
      case DataFolder.Opening.Unusable unusable -> new Opening.Failed(unusable.reason());
      case DataFolder.Opening.OwnedByAnother other ->
          new Opening.Failed(
              "another probe is running with the folder "
                  + other.path()
                  + ": wait for it, or choose another folder (--data)");
      case DataFolder.Opening.Opened(DataFolder folder) ->
          switch (JoinKey.in(folder.path().resolve(JoinKey.FILE))) {
            case JoinKey.Opening.Unusable(String reason) -> {
              folder.close();
              yield new Opening.Failed(reason);
            }
            case JoinKey.Opening.Passing(JoinKey key, String _) ->
                opened(configuration, time, folder, key);
            case JoinKey.Opening.Ready(JoinKey key) -> opened(configuration, time, folder, key);
          };
    };
  }

  private static Opening opened(
      Configuration configuration, SystemTime time, DataFolder folder, JoinKey key) {
    return new Opening.Opened(
        new ProbeBench(configuration, time, folder, new JoinKeys(key, Optional.empty())));
  }

  private Dispatcher dispatcher(JoinKeys keys, Ear ear) {
    return new Dispatcher(
        new Scribe(Classifier.shipped(), time.wall(), captureLimit(), keys),
        ledger,
        ear,
        false,
        new Switchboard(
            new Router(Health.unwatched()),
            new Gate(),
            payments(),
            new RetryBudgets(time.nanos()),
            new StoredTakers(ledger::reader)),
        time.nanos());
  }

  /// What earlier probes may have taken: a channel sends it nowhere else (P1).
  private Payments payments() {
    Payments payments = new Payments();
    payments.rebuild(ledger::replay);
    return payments;
  }

  /// Lets gateways call, for checks that wait for webhooks.
  ///
  /// @return why not; empty if it listens
  public Optional<String> listen() {
    if (configuration.webhooks().isEmpty()) {
      return Optional.of("webhooks is not configured");
    }
    Doubts none =
        new Doubts(
            this::desk, SharedClaims.none(), ledger, time.wall(), time.nanos(), new SecureRandom());
    return switch (WebhookDoor.open(
        configuration.webhooks().get(),
        hooks,
        new Witness(none, ledger, time.wall())::heed,
        Set::of,
        _ -> {})) {
      case Listeners.Opening.Refused refused -> Optional.of(refused.reason());
      case Listeners.Opening.Open open -> {
        webhooks = Optional.of(open);
        yield Optional.empty();
      }
    };
  }

  /// Where gateways call, if they can.
  public Optional<URI> webhooks() {
    return webhooks.map(open -> Sidecar.uri("http", open.address()));
  }

  private Optional<Desk> desk(String name) {
    return configuration
        .provider(name)
        .map(provider ->
            new Desk(
                gateway(name).provider(),
                false,
                false,
                provider.webhookSecret().map(Secret::reveal),
                configuration.reconcileAt(provider).pace()));
  }

  /// Makes one run of a check, planned for now.
  public CheckRun run(Check check, Watcher watcher) {
    return runner.run(check, reach(check), time.wall().instant(), watcher);
  }

  /// Gives back what earlier probes of a check could not.
  ///
  /// @return what the clean-up came to
  public List<StepResult> giveBack(Check check, Watcher watcher) {
    List<StepResult> results = new ArrayList<>();
    for (TestMoney money : out(check)) {
      results.addAll(runner.giveBack(check, reach(check, money), List.of(money), watcher));
    }
    return results;
  }

  /// All that probes took and did not give back, oldest first.
  public List<TestMoney> out() {
    return register.open();
  }

  /// Somebody says that it is settled; who and why are kept with it, redacted.
  ///
  /// @return whether it was out
  public boolean settle(String id, String who, String reason) {
    return Leaks.settle(register, id, reason, who);
  }

  /// What a check took and did not give back.
  public List<TestMoney> out(Check check) {
    return register.open().stream()
        .filter(money -> money.check().equals(check.name()))
        .filter(money -> reach(check).covers(money.provider()))
        .toList();
  }

  /// Cuts the step in flight and waits for the clean-up.
  public void stop(Duration limit) {
    boolean _ = runner.stop(limit);
  }

  /// What a check reaches: the reader has seen to it that it is there.
  private Reach reach(Check check) {
    return switch (check.to()) {
      case Destination.OfProvider(String name) -> Reach.of(gateway(name));
      case Destination.OfChannel(String name) -> {
        Channel channel = Objects.requireNonNull(configuration.channels().get(name));
        yield Reach.through(channel, channel.providers().stream().map(this::gateway).toList());
      }
    };
  }

  /// Together with the provider that has the money.
  private Reach reach(Check check, TestMoney money) {
    return configuration
        .provider(money.provider())
        .map(provider -> reach(check).with(Reach.of(gateway(provider.name()))))
        .orElseGet(() -> reach(check));
  }

  private Gateway gateway(String provider) {
    return gateways.computeIfAbsent(
        provider,
        name -> {
          ProviderConfig config = Objects.requireNonNull(configuration.providers().get(name));
          return factory.gateway(
              config,
              configuration.profiles(),
              captureLimit(),
              configuration.channelOf(name).map(Channel::name));
        });
  }

  private int captureLimit() {
    return Math.toIntExact(configuration.captureLimit().bytes());
  }

  @Override
  public void close() {
    runner.close();
    WebhookDoor.close(webhooks);
    gateways.values().forEach(gateway -> gateway.provider().line().close());
    watchdog.close();
    ledger.close();
    folder.close();
  }
}
