package io.tollwatch.proxy;

import io.tollwatch.checks.run.Bench;
import io.tollwatch.checks.run.Ear;
import io.tollwatch.checks.run.Gateway;
import io.tollwatch.checks.run.Runner;
import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.checks.scheduler.CheckScheduler;
import io.tollwatch.checks.scheduler.Listed;
import io.tollwatch.checks.scheduler.Pace;
import io.tollwatch.checks.scheduler.RunNews;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.scheduler.Scheduled;
import io.tollwatch.checks.script.Operations;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.health.HealthBoard;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.store.CheckPause;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.taxonomy.Operation;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checks of a running sidecar: its scheduler, which needs the ledger's database, and what it
/// tells other sidecars of them. While that database can't be had no check runs, and all else goes
/// on (P4). Thread-safe; one thread makes the rounds.
final class Checks implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Checks.class.getName());
  private static final long TICK_MILLIS = 500;

  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-checks").daemon().factory());

  private final String sidecar = UUID.randomUUID().toString();
  private final Supplier<Configuration> configuration;
  private final Store store;
  private final boolean shared;
  private final JournaledLedger ledger;
  private final HealthBoard board;
  private final RunNews news;
  private final SystemTime time;
  private final Ear ear = new Ear();
  private final CheckFindings findings;
  private final TestMoneyRegister register;

  private @Nullable Runner runner;
  private @Nullable CheckScheduler scheduler;
  private Optional<Configuration> applied = Optional.empty();
  private boolean restored;
  private volatile Map<String, CheckPause> pauses = Map.of();
  private volatile List<Listed> seen = List.of();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Function<String, Optional<Gateway>> gateways = _ -> Optional.empty();

  /// @param configuration the one in force
  /// @param shared whether the store is one that other sidecars can have too
  Checks(
      Supplier<Configuration> configuration,
      Store store,
      boolean shared,
      JournaledLedger ledger,
      HealthBoard board,
      RunNews news,
      SystemTime time) {
    this.configuration = configuration;
    this.store = store;
    this.shared = shared;
    this.ledger = ledger;
    this.board = board;
    this.news = news;
    this.time = time;
    this.findings = new CheckFindings(sidecar, shared, board::heard);
    this.register =
        shared
            ? TestMoneyRegister.shared(store.testMoney(), time.wall())
            : new TestMoneyRegister(ledger, time.wall());
    ledger.keepTestMoney(id -> shared || !restored || register.isOpen(id));
  }

  /// Listens to what becomes of calls.
  Observer observer() {
    return ear.and(findings);
  }

  /// Learns how calls are made.
  ///
  /// @param doubts where it is told that a doubt is over
  void attach(Dispatcher dispatcher, Ledger doubts, Function<String, Optional<Gateway>> providers) {
    gateways = providers;
    runner = new Runner(new Bench(dispatcher, ear, register, doubts, time.wall(), time.nanos()));
  }

  void start() {
    var _ = rounds.scheduleWithFixedDelay(this::round, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    Configuration now = configuration.get();
    boolean own = scheduler != null || !now.checks().scheduled().isEmpty();
    if (!own && !shared) {
      return;
    }
    try {
      if (own) {
        schedule(now);
      }
      findings.round(store.checks(), time.wall().instant());
      trouble = Optional.empty();
    } catch (RuntimeException e) {
      if (trouble.isEmpty()) {
        LOG.log(Level.WARNING, "checks can''t be scheduled: {0}", e.getMessage());
      }
      trouble = Optional.of("checks can't be scheduled: the ledger's database is away");
    }
  }

  private void schedule(Configuration now) {
    restore();
    CheckScheduler opened = opened(now);
    pauses =
        store.checks().pauses().stream()
            .collect(Collectors.toUnmodifiableMap(CheckPause::name, each -> each));
    if (applied.filter(before -> before == now).isEmpty()) {
      apply(now, opened);
    }
    seen = opened.list();
  }

  /// Learns what earlier runs of this process took, before anything more is taken.
  private void restore() {
    if (!restored && !shared) {
      ledger.replay(register::restore);
    }
    restored = true;
  }

  private synchronized CheckScheduler opened(Configuration now) {
    CheckScheduler known = scheduler;
    Runner ready = runner;
    if (known != null || ready == null) {
      return Objects.requireNonNull(known);
    }
    CheckScheduler made =
        new CheckScheduler(
            store.schedules(),
            shared,
            sidecar,
            new RunnerConduct(ready, register, name -> gateways.apply(name)),
            news,
            name -> pauses.containsKey(name),
            time.wall(),
            Pace.usual(now.checks().atOnce()),
            now.drain());
    made.start();
    scheduler = made;
    return made;
  }

  private void apply(Configuration now, CheckScheduler opened) {
    List<Scheduled> scheduled = now.checks().scheduled().stream().map(Scheduled::of).toList();
    Map<BreakerKey, Duration> intervals = new HashMap<>();
    scheduled.forEach(each -> expect(now, each, intervals));
    findings.expect(intervals);
    intervals.forEach(board::expectChecks);
    opened.apply(scheduled);
    applied = Optional.of(now);
  }

  private void expect(Configuration now, Scheduled scheduled, Map<BreakerKey, Duration> intervals) {
    var check = scheduled.check();
    Duration interval = scheduled.timetable().interval(time.wall().instant());
    now.provider(check.provider())
        .map(provider -> now.profiles().byName(provider.profile()))
        .ifPresent(profile -> {
          for (Operation operation : Operations.of(check, profile)) {
            intervals.merge(
                BreakerKey.of(check.provider(), operation),
                interval,
                (one, other) -> one.compareTo(other) < 0 ? one : other);
          }
        });
  }

  /// How many payments of checks are with gateways, as far as that can be known now.
  double testMoneyOut() {
    try {
      return restored ? register.open().stream().filter(TestMoney::isOpen).count() : Double.NaN;
    } catch (UncheckedIOException e) {
      return Double.NaN;
    }
  }

  /// What keeps checks from being run; empty if nothing does.
  Optional<String> trouble() {
    return trouble;
  }

  /// Lets no more runs begin, cuts what is under way and waits for its clean-up.
  @Override
  public void close() {
    rounds.shutdownNow();
    CheckScheduler opened;
    synchronized (this) {
      opened = scheduler;
    }
    if (opened != null) {
      opened.stop();
      boolean _ = runner == null || runner.stop(configuration.get().drain());
      opened.close();
    }
  }
}
