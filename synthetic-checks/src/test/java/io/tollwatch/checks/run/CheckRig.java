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
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/// A runner over a real ledger in a folder, with one fake gateway. What is opened again over the
/// same folder is the next process. Confined to one test.
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
  private final Gateway gateway;
  private final Profile profile;

  private CheckRig(
      DataFolder folder,
      JournaledLedger ledger,
      JoinKey key,
      Health health,
      InstantSource clock,
      TestMoneyRegister register,
      List<X509Certificate> trust,
      String profileName,
      String url) {
    this.folder = folder;
    this.ledger = ledger;
    this.register = register;
    this.tls = TlsContexts.of(trust, Optional.empty());
    Ear ear = new Ear();
    Dispatcher dispatcher =
        new Dispatcher(
            new Scribe(Classifier.shipped(), clock, LIMIT, new JoinKeys(key, Optional.empty())),
            ledger,
            ear,
            false,
            new Switchboard(
                new Router(health),
                new Gate(),
                new Payments(),
                new RetryBudgets(System::nanoTime),
                _ -> Optional.empty()),
            System::nanoTime);
    this.runner = new Runner(new Bench(dispatcher, ear, register, ledger, clock, System::nanoTime));
    this.profile = Profiles.shipped().byName(profileName);
    this.gateway = gateway(profileName, url);
  }

  static CheckRig open(Path folder, String profile, String url) {
    return open(folder, Health.unwatched(), InstantSource.system(), profile, url);
  }

  static CheckRig open(Path path, Health health, InstantSource clock, String profile, String url) {
    return open(path, health, clock, Optional.empty(), List.of(), profile, url);
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
        url);
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
        url);
  }

  private static CheckRig open(
      Path path,
      Health health,
      InstantSource clock,
      Optional<TestMoneyRegister> shared,
      List<X509Certificate> trust,
      String profile,
      String url) {
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
    return new CheckRig(folder, ledger, key, health, clock, register, trust, profile, url);
  }

  private Gateway gateway(String name, String url) {
    URI uri = URI.create(url);
    Endpoint endpoint = new Endpoint(uri.getHost(), uri.getPort(), uri.getScheme().equals("https"));
    Redactor redactor = new Redactor(profile.secrets().forRedaction(), LIMIT);
    Provider provider =
        new Provider(
            name,
            profile,
            redactor,
            line(endpoint, Duration.ofSeconds(30)),
            "",
            endpoint.hostField(),
            Fields.none(),
            true,
            false,
            Optional.empty());
    return new Gateway(
        provider, limit -> line(endpoint, limit), new Site(endpoint, List.of(), Optional.empty()));
  }

  private Line line(Endpoint endpoint, Duration total) {
    Duration usual = Duration.ofSeconds(5);
    return new Wire(
        new WireSettings(
            endpoint,
            Optional.empty(),
            tls,
            new WireSettings.Limits(usual, usual, usual, Duration.ofSeconds(20), total),
            1,
            Duration.ZERO),
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
    CheckReading reading =
        new CheckReader(
                new Entries(
                    new TreeSet<>(List.of(profile.name())),
                    name ->
                        name.equals(profile.name())
                            ? Optional.of(new Entry(profile, "127.0.0.1", Fields.none()))
                            : Optional.empty()),
                _ -> new SecretLookup.Answer.Found(secret))
            .read(
                yaml.replaceAll("provider: [a-z-]+", "provider: " + profile.name()),
                Path.of("checks.yaml"));
    if (!(reading instanceof CheckReading.Valid valid)) {
      throw new AssertionError(reading.toString());
    }
    return valid.checks().getFirst();
  }

  CheckRun run(Check check, Instant planned) {
    return runner.run(check, gateway, planned, Watcher.none());
  }

  /// Gives back all that is out.
  void giveBack(Check check) {
    register.open().forEach(money -> giveBack(check, money));
  }

  void giveBack(Check check, TestMoney money) {
    runner.giveBack(check, gateway, List.of(money), Watcher.none());
  }

  Runner runner() {
    return runner;
  }

  Gateway gateway() {
    return gateway;
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
    gateway.provider().line().close();
    folder.close();
  }
}
