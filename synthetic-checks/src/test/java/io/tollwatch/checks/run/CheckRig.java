package io.tollwatch.checks.run;

import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.plain.Site;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.checks.script.Entries;
import io.tollwatch.checks.script.Entry;
import io.tollwatch.checks.script.SecretLookup;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.health.Health;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.LedgerSettings;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.Line;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/// A runner over a real ledger in a folder, with one fake gateway, or with some behind a channel.
/// What is opened again over the same folder is the next process. Confined to one test.
final class CheckRig implements AutoCloseable {

  static final String SECRET = "sk_test_rigsecret4711";

  private static final int LIMIT = 64 << 10;

  /// Short segments are soon prepared: a campaign opens hundreds of rigs.
  private static final LedgerSettings LEDGER =
      LedgerSettings.defaults()
          .withJournal(LedgerSettings.defaults().journal().withSegmentBytes(1 << 20));

  private final DataFolder folder;
  private final JournaledLedger ledger;
  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(5));
  private final TestMoneyRegister register;
  private final SSLContext tls;
  private final Runner runner;
  private final AtomicLong skipped = new AtomicLong();
  private final Reach reach;
  private final Profile profile;

  private CheckRig(
      DataFolder folder,
      JournaledLedger ledger,
      JoinKey key,
      Health health,
      InstantSource clock,
      TestMoneyRegister register,
      List<X509Certificate> trust,
      Profile profile,
      Sites sites) {
    this.folder = folder;
    this.ledger = ledger;
    this.register = register;
    this.tls = TlsContexts.of(trust, Optional.empty());
    Ear ear = new Ear();
    Payments payments = new Payments();
    payments.rebuild(ledger::replay);
    Dispatcher dispatcher =
        new Dispatcher(
            new Scribe(Classifier.shipped(), clock, LIMIT, new JoinKeys(key, Optional.empty())),
            ledger,
            ear,
            false,
            new Switchboard(
                new Router(health),
                new Gate(),
                payments,
                new RetryBudgets(System::nanoTime),
                _ -> Optional.empty()),
            System::nanoTime);
    this.runner =
        new Runner(
            new Bench(
                dispatcher, ear, register, ledger, clock, () -> System.nanoTime() + skipped.get()));
    this.profile = profile;
    this.reach = reach(sites);
  }

  /// Where the fake gateways are.
  ///
  /// @param urls by the names of their providers, the first choice first
  private record Sites(Optional<Channel> channel, Map<String, String> urls) {}

  static CheckRig open(Path folder, String profile, String url) {
    return open(folder, Health.unwatched(), InstantSource.system(), profile, url);
  }

  static CheckRig open(Path path, Health health, InstantSource clock, String profile, String url) {
    return open(path, health, clock, Optional.empty(), List.of(), profile, one(profile, url));
  }

  /// With gateways that speak as Stripe does behind a channel, each with a key of its own.
  ///
  /// @param urls by the names of the channel's providers
  static CheckRig through(Path path, Health health, Channel channel, Map<String, String> urls) {
    return open(
        path,
        health,
        InstantSource.system(),
        Optional.empty(),
        List.of(),
        "stripe",
        new Sites(Optional.of(channel), urls));
  }

  private static Sites one(String name, String url) {
    return new Sites(Optional.empty(), Map.of(name, url));
  }

  /// With a gateway whose certificate that authority signed.
  static CheckRig trusting(Path path, X509Certificate authority, String profile, String url) {
    return open(
        path,
        Health.unwatched(),
        InstantSource.system(),
        Optional.empty(),
        List.of(authority),
        profile,
        one(profile, url));
  }

  /// With a register of test money that others have too.
  static CheckRig sharing(Path path, TestMoneyRegister register, String profile, String url) {
    return open(
        path,
        Health.unwatched(),
        InstantSource.system(),
        Optional.of(register),
        List.of(),
        profile,
        one(profile, url));
  }

  private static CheckRig open(
      Path path,
      Health health,
      InstantSource clock,
      Optional<TestMoneyRegister> shared,
      List<X509Certificate> trust,
      String profile,
      Sites sites) {
    if (!(DataFolder.open(path) instanceof DataFolder.Opening.Opened(DataFolder folder))
        || !(JoinKey.in(path.resolve(JoinKey.FILE))
            instanceof JoinKey.Opening.Ready(JoinKey key))) {
      throw new AssertionError("no folder");
    }
    JournaledLedger ledger =
        JournaledLedger.open(folder, Store.embedded(path), LEDGER, clock, System::nanoTime);
    TestMoneyRegister register =
        shared.orElseGet(() -> {
          TestMoneyRegister own = new TestMoneyRegister(ledger, clock);
          ledger.replay(own::restore);
          ledger.keepTestMoney(own::isOpen);
          return own;
        });
    return new CheckRig(
        folder,
        ledger,
        key,
        health,
        clock,
        register,
        trust,
        Profiles.shipped().byName(profile),
        sites);
  }

  private Reach reach(Sites sites) {
    return sites
        .channel()
        .map(channel ->
            Reach.through(
                channel,
                channel.providers().stream()
                    .map(
                        each -> gateway(each, sites.urls().getOrDefault(each, ""), sites.channel()))
                    .toList()))
        .orElseGet(() -> {
          var only = sites.urls().entrySet().iterator().next();
          return Reach.of(gateway(only.getKey(), only.getValue(), Optional.empty()));
        });
  }

  private Gateway gateway(String name, String url, Optional<Channel> channel) {
    URI uri = URI.create(url);
    Endpoint endpoint = new Endpoint(uri.getHost(), uri.getPort(), uri.getScheme().equals("https"));
    Redactor redactor = new Redactor(profile.secrets().forRedaction(), LIMIT);
    Provider provider =
        new Provider(
            name,
            profile,
            redactor,
            line(endpoint, Duration.ofSeconds(30), Duration.ofSeconds(30)),
            "",
            endpoint.hostField(),
            channel.isPresent()
                ? Fields.of("Authorization", "Bearer sk_test_of" + name)
                : Fields.none(),
            true,
            false,
            channel.map(Channel::name));
    return new Gateway(
        provider,
        limit -> line(endpoint, limit, Duration.ZERO),
        new Site(endpoint, List.of(), Optional.empty()));
  }

  private Line line(Endpoint endpoint, Duration total, Duration keepAlive) {
    Duration usual = Duration.ofSeconds(5);
    return new Wire(
        new WireSettings(
            endpoint,
            Optional.empty(),
            tls,
            new WireSettings.Limits(usual, usual, usual, Duration.ofSeconds(20), total),
            1,
            keepAlive),
        watchdog,
        System::nanoTime,
        LIMIT);
  }

  /// The first check of a script.
  Check check(String yaml) {
    return check(yaml, SECRET);
  }

  /// The first check of a script, with that secret.
  Check check(String yaml, String secret) {
    return checks(yaml, secret).getFirst();
  }

  /// All checks of a script, with that secret.
  List<Check> checks(String yaml, String secret) {
    CheckReading reading =
        new CheckReader(entries(), _ -> new SecretLookup.Answer.Found(secret))
            .read(
                yaml.replaceAll("provider: [a-z-]+", "provider: " + profile.name()),
                Path.of("checks.yaml"));
    if (!(reading instanceof CheckReading.Valid valid)) {
      throw new AssertionError(reading.toString());
    }
    return valid.checks();
  }

  private Entries entries() {
    SortedMap<String, List<String>> channels = new TreeMap<>();
    reach.channel().ifPresent(channel -> channels.put(channel.name(), channel.providers()));
    return new Entries(
        new TreeSet<>(reach.gateways().keySet()),
        name -> reach.at(name).map(_ -> new Entry(profile, "127.0.0.1", Fields.none())),
        channels);
  }

  CheckRun run(Check check, Instant planned) {
    return runner.run(check, reach, planned, Watcher.none());
  }

  /// Gives back all that is out.
  void giveBack(Check check) {
    register.open().forEach(money -> giveBack(check, money));
  }

  void giveBack(Check check, TestMoney money) {
    runner.giveBack(check, reach, List.of(money), Watcher.none());
  }

  /// Lets that much time be over for runs, at once.
  void skip(Duration time) {
    skipped.addAndGet(time.toNanos());
  }

  /// Does something just before a step.
  static Watcher before(String wanted, Runnable work) {
    return new Watcher() {
      @Override
      public void before(Check check, String step) {
        if (step.equals(wanted)) {
          work.run();
        }
      }

      @Override
      public void after(Check check, StepResult result) {
        // it says how it ended
      }
    };
  }

  Runner runner() {
    return runner;
  }

  Reach reach() {
    return reach;
  }

  TestMoneyRegister register() {
    return register;
  }

  List<Exchange> exchanges() throws InterruptedException {
    if (!ledger.flush(Duration.ofSeconds(10))) {
      throw new AssertionError("the store is behind");
    }
    return ledger.reader().find(ExchangeQuery.of(new ExchangeFilter[0]).limit(100)).reversed();
  }

  @Override
  public void close() {
    runner.close();
    ledger.close();
    watchdog.close();
    reach.gateways().values().forEach(each -> each.provider().line().close());
    folder.close();
  }
}
