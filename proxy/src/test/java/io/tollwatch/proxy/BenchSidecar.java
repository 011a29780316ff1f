package io.tollwatch.proxy;

import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.health.Health;
import io.tollwatch.health.Limits;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.egress.AdviceDesk;
import io.tollwatch.proxy.egress.Overload;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.redaction.Emails;
import io.tollwatch.routing.Adviser;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The egress alone, to be measured: with the ledger, or with one that keeps nothing. Prints how
/// many intents the ledger did not keep, whenever that has changed. For `proxy/bench/recording.sh`
/// and `proxy/bench/trouble.sh`.
final class BenchSidecar {

  private static final long LOOK_MILLIS = 200;

  private BenchSidecar() {}

  /// Runs until it is killed.
  ///
  /// @param arguments a configuration file; `on` or `off`
  public static void main(String[] arguments) throws Exception {
    Configuration configuration =
        switch (new ConfigReader(Map.of()).read(Path.of(arguments[0]))) {
          case ConfigReading.Valid valid -> valid.configuration();
          case ConfigReading.Invalid invalid ->
              throw new IllegalArgumentException(invalid.problems().toString());
        };
    SystemTime time = SystemTime.real();
    Watchdog watchdog = new Watchdog(time.nanos(), Duration.ofMillis(20));
    Ledger ledger = arguments[1].equals("on") ? keeping(configuration, time) : new KeepsNothing();
    Scribe scribe =
        new Scribe(
            Classifier.shipped(),
            time.wall(),
            Math.toIntExact(configuration.captureLimit().bytes()),
            keys());
    Router router = new Router(Health.unwatched());
    Dispatcher dispatcher =
        new Dispatcher(
            scribe,
            ledger,
            new Metrics(time.wall()),
            false,
            new Switchboard(
                router,
                new Gate(),
                Payments.fresh(),
                new RetryBudgets(time.nanos()),
                Takers.none()),
            time.nanos());
    Egress egress =
        new Egress(
            new ProviderFactory(watchdog, time.nanos(), Emails.KEEP),
            dispatcher,
            new Limits(name -> configuration.limits(name).settings(), time.nanos())::enter,
            Overload.ofProcess(time.nanos()),
            new AdviceDesk(new Adviser(router, List::of), dispatcher),
            new DoorTls(configuration.data().resolve("tls"), time.wall(), _ -> {}),
            time);
    egress
        .apply(configuration)
        .ifPresent(trouble -> {
          throw new IllegalStateException(trouble);
        });
    new CountDownLatch(1).await();
  }

  private static Ledger keeping(Configuration configuration, SystemTime time) throws Exception {
    Files.createDirectories(configuration.data());
    var folder = ((DataFolder.Opening.Opened) DataFolder.open(configuration.data())).folder();
    JournaledLedger ledger =
        JournaledLedger.open(
            folder,
            LedgerSetup.store(folder, configuration.ledger()),
            LedgerSetup.settings(configuration.ledger()),
            time.wall(),
            time.nanos());
    AtomicLong said = new AtomicLong();
    var _ =
        Executors.newSingleThreadScheduledExecutor()
            .scheduleWithFixedDelay(() -> say(ledger, said), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return ledger;
  }

  private static void say(JournaledLedger ledger, AtomicLong said) {
    long notKept = ledger.state().notKeptIntents();
    if (said.getAndSet(notKept) != notKept) {
      System.out.println("not kept: " + notKept);
    }
  }

  private static JoinKeys keys() {
    var key = (JoinKey.Opening.Ready) JoinKey.of(new byte[32]);
    return new JoinKeys(key.key(), Optional.empty());
  }

  private record KeepsNothing() implements Ledger {
    @Override
    public Recorded resolution(Resolution resolution) {
      return Recorded.kept();
    }

    @Override
    public Recorded breaker(BreakerChange change) {
      return Recorded.kept();
    }

    @Override
    public Recorded intent(Intent intent) {
      return Recorded.kept();
    }

    @Override
    public Recorded outcome(Outcome outcome) {
      return Recorded.kept();
    }
  }
}
