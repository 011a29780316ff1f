package io.tollwatch.proxy;

import io.tollwatch.attempt.Origin;
import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.checks.plain.AnswerMemory;
import io.tollwatch.checks.plain.PlainProbes;
import io.tollwatch.checks.run.Bench;
import io.tollwatch.checks.run.Ear;
import io.tollwatch.checks.run.Reach;
import io.tollwatch.checks.run.Runner;
import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.checks.scheduler.CheckScheduler;
import io.tollwatch.checks.scheduler.Listed;
import io.tollwatch.checks.scheduler.Pace;
import io.tollwatch.checks.scheduler.RunNews;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.scheduler.Scheduled;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.checks.script.Operations;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.health.CheckResult;
import io.tollwatch.health.HealthBoard;
import io.tollwatch.health.Sides;
import io.tollwatch.health.UsOrThem;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.store.CheckPause;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.admin.CheckDesk;
import io.tollwatch.proxy.admin.CheckStatus;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.taxonomy.Operation;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checks of a running sidecar: its scheduler, which needs the ledger's database, and what it
/// tells other sidecars of them. While that database can't be had no check runs, and all else goes
/// on (P4). Thread-safe; one thread makes the rounds.
final class Checks implements CheckDesk, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Checks.class.getName());
  private static final String ANSWERS = "dns-answers.json";
  private static final long TICK_MILLIS = 500;

  /// The rows of a thousand checks are a megabyte.
  private static final int LIST_EACH = 4;

  private static final int FORGET_EACH = 7_200;
  private static final Duration REMEMBERED = Duration.ofDays(31);

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
  private final Sides sides;
  private final CheckFindings findings;
  private final TestMoneyRegister register;
  private final Leaks leaks;

  private @Nullable Runner runner;
  private @Nullable CheckScheduler scheduler;
  private Optional<Configuration> applied = Optional.empty();
  private volatile boolean restored;
  private long tick;
  private volatile Map<String, CheckPause> pauses = Map.of();
  private volatile List<Scheduled> scheduled = List.of();
  private volatile List<Listed> seen = List.of();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Function<Destination, Optional<Reach>> reaches = _ -> Optional.empty();
  private volatile Optional<HooksElsewhere> elsewhere = Optional.empty();

  /// @param configuration the one in force
  /// @param leaked hears of test money that is out for too long
  /// @param shared whether the store is one that other sidecars can have too
  Checks(
      Supplier<Configuration> configuration,
      Store store,
      boolean shared,
      JournaledLedger ledger,
      HealthBoard board,
      RunNews news,
      Consumer<TestMoney> leaked,
      SystemTime time) {
    this.configuration = configuration;
    this.store = store;
    this.shared = shared;
    this.ledger = ledger;
    this.board = board;
    this.news = news;
    this.time = time;
    this.sides = new Sides(time.wall());
    this.findings = new CheckFindings(sidecar, shared, this::heard);
    this.register =
        shared
            ? TestMoneyRegister.shared(store.testMoney(), time.wall())
            : new TestMoneyRegister(ledger, time.wall());
    this.leaks =
        new Leaks(register, () -> configuration.get().checks().leakAfter(), time.wall(), leaked);
    ledger.keepTestMoney(id -> shared || !restored || register.isOpen(id));
  }

  private void heard(CheckResult result) {
    board.heard(result);
    BreakerKey breaker = result.breaker();
    sides.note(breaker.provider(), breaker.operation(), Origin.SYNTHETIC, result.verdict());
  }

  /// Listens to what becomes of calls.
  Observer observer() {
    return ear.and(findings).and(this::counted);
  }

  private void counted(Intent intent, Outcome outcome) {
    sides.note(intent.provider(), intent.operation(), intent.origin(), outcome.verdict());
  }

  /// Learns how calls are made.
  ///
  /// @param doubts where it is told that a doubt is over
  /// @param hooks where webhooks for runs arrive
  /// @param folder where it is kept what names resolved to
  void attach(
      Dispatcher dispatcher,
      Ledger doubts,
      Hooks hooks,
      Path folder,
      Function<Destination, Optional<Reach>> destinations) {
    reaches = destinations;
    elsewhere = Optional.of(new HooksElsewhere(hooks));
    runner =
        new Runner(
            new Bench(
                dispatcher,
                ear,
                register,
                doubts,
                new PlainProbes(
                    AnswerMemory.in(folder.resolve(ANSWERS)), time.wall(), time.nanos()),
                hooks,
                time.wall(),
                time.nanos()));
  }

  void start() {
    var _ = rounds.scheduleWithFixedDelay(this::round, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    Configuration now = configuration.get();
    boolean own = known() != null || !now.checks().scheduled().isEmpty();
    lookForLeaks();
    if (!own && !shared) {
      return;
    }
    try {
      if (own) {
        schedule(now);
      }
      findings.round(store.checks(), time.wall().instant());
      if (shared) {
        elsewhere.ifPresent(hooks -> hooks.round(ledger.reader()));
      }
      trouble = Optional.empty();
    } catch (RuntimeException e) {
      if (trouble.isEmpty()) {
        LOG.log(Level.WARNING, "checks can''t be scheduled: {0}", e.getMessage());
      }
      trouble = Optional.of("checks can't be scheduled: the ledger's database is away");
    }
  }

  private void lookForLeaks() {
    try {
      leaks.round();
    } catch (UncheckedIOException e) {
      // the ledger's database is away, which the ledger's own state says
    }
  }

  /// Takes what earlier runs of this process wrote, whether checks are still scheduled or not.
  void recall(Entry entry) {
    if (!shared) {
      register.restore(entry);
    }
  }

  private void schedule(Configuration now) {
    restore();
    CheckScheduler opened = opened(now);
    readPauses();
    if (!isApplied(now)) {
      apply(now, opened);
    }
    if (tick++ % LIST_EACH == 0) {
      seen = opened.list();
      if (seen.size() < scheduled.size()) {
        opened.apply(scheduled); // one that came back while its last turn forgot it
      }
    }
    if (shared && tick % FORGET_EACH == 0) {
      store.testMoney().forget(time.wall().instant().minus(REMEMBERED));
    }
  }

  /// Learns what earlier runs of this process took, before anything more is taken.
  private void restore() {
    if (!restored && !shared) {
      ledger.replay(register::restore);
    }
    restored = true;
  }

  /// To compare all that is in them, twice a second, would be waste.
  @SuppressWarnings("ReferenceEquality")
  private boolean isApplied(Configuration now) {
    return applied.filter(before -> before == now).isPresent();
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
            new RunnerConduct(ready, register, to -> reaches.apply(to)),
            news,
            name -> pauses.containsKey(name),
            time.wall(),
            Pace.usual(now.checks().atOnce()),
            now.drain());
    scheduler = made; // first: what its start could not do the next round does
    made.start(now.checks().scheduled().stream().map(Scheduled::of).toList());
    return made;
  }

  private void apply(Configuration now, CheckScheduler opened) {
    List<Scheduled> next = now.checks().scheduled().stream().map(Scheduled::of).toList();
    scheduled = next;
    Map<BreakerKey, Duration> intervals = new HashMap<>();
    next.forEach(each -> expect(now, each, intervals));
    findings.expect(intervals);
    intervals.forEach(board::expectChecks);
    opened.apply(next);
    seen = opened.list();
    applied = Optional.of(now);
  }

  /// Which provider a check through a channel will report of nobody knows: live calls need not wait
  /// for it.
  private void expect(Configuration now, Scheduled scheduled, Map<BreakerKey, Duration> intervals) {
    var check = scheduled.check();
    if (!(check.to() instanceof Destination.OfProvider(String name))) {
      return;
    }
    Duration interval = scheduled.timetable().interval(time.wall().instant());
    now.provider(name)
        .map(provider -> now.profiles().byName(provider.profile()))
        .ifPresent(profile -> {
          for (Operation operation : Operations.of(check, profile)) {
            intervals.merge(
                BreakerKey.of(name, operation),
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

  /// How many of those are out for too long.
  double testMoneyLeaked() {
    return leaks.leaked();
  }

  @Override
  public List<TestMoney> out() {
    return leaks.out();
  }

  @Override
  public Duration leakAfter() {
    return leaks.limit();
  }

  @Override
  public boolean settle(String id, String reason, String who) {
    return leaks.settle(id, reason, who);
  }

  @Override
  public List<CheckStatus> checks() {
    Instant now = time.wall().instant();
    Map<String, Listed> listed =
        seen.stream().collect(Collectors.toMap(Listed::name, each -> each));
    return scheduled.stream()
        .filter(each -> listed.containsKey(each.check().name()))
        .map(each -> status(each, Objects.requireNonNull(listed.get(each.check().name())), now))
        .sorted(Comparator.comparing(CheckStatus::name))
        .toList();
  }

  private CheckStatus status(Scheduled check, Listed listed, Instant now) {
    return CheckStatus.of(
        check.check(),
        check.timetable(),
        listed,
        Optional.ofNullable(pauses.get(listed.name())),
        now);
  }

  @Override
  public String checksTrouble() {
    return trouble.orElse("");
  }

  @Override
  public List<UsOrThem.Finding> usOrThem() {
    return UsOrThem.of(sides.seen());
  }

  @Override
  public boolean isCheck(String name) {
    return scheduled.stream().anyMatch(each -> each.check().name().equals(name));
  }

  @Override
  public boolean runNow(String name) {
    CheckScheduler opened = known();
    if (opened == null) {
      return false;
    }
    boolean will = opened.runNow(name);
    seen = opened.list();
    return will;
  }

  @Override
  public void pause(String name, String reason, String who) {
    UnaryOperator<String> redaction = ReportSetup.redaction(configuration.get());
    store
        .checks()
        .pause(
            new CheckPause(
                name, redaction.apply(who), redaction.apply(reason), time.wall().instant()));
    readPauses();
  }

  @Override
  public boolean resume(String name) {
    boolean paused = store.checks().resume(name);
    readPauses();
    return paused;
  }

  private void readPauses() {
    pauses =
        store.checks().pauses().stream()
            .collect(Collectors.toUnmodifiableMap(CheckPause::name, each -> each));
  }

  private synchronized @Nullable CheckScheduler known() {
    return scheduler;
  }

  /// What keeps checks from being run; empty if nothing does.
  Optional<String> trouble() {
    return trouble;
  }

  /// Lets no more runs begin, cuts what is under way and waits for its clean-up.
  @Override
  public void close() {
    rounds.shutdownNow();
    CheckScheduler opened = known();
    if (opened != null) {
      opened.stop();
      boolean _ = runner == null || runner.stop(configuration.get().drain());
      opened.close();
    }
  }
}
