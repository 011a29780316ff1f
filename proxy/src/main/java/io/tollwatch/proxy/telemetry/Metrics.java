package io.tollwatch.proxy.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.reconcile.Reconciler;
import io.tollwatch.reconcile.Total;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Counts and times calls. Labels are words of closed sets and configured names only, so whatever
/// callers send, the number of series is bounded. Thread-safe.
public final class Metrics implements Observer {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(90)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final InstantSource clock;
  private final Map<String, Instant> certificates = new ConcurrentHashMap<>();
  private final Map<BreakerKey, BreakerState> breakers = new ConcurrentHashMap<>();
  private final Map<RequestKey, Counter> requests = new ConcurrentHashMap<>();
  private final Map<RailKey, Counter> rails = new ConcurrentHashMap<>();
  private final Map<PhaseKey, Timer> phases = new ConcurrentHashMap<>();
  private final Map<String, Timer> totals = new ConcurrentHashMap<>();
  private final Map<String, Timer> shares = new ConcurrentHashMap<>();

  private final List<Runnable> refreshing = new CopyOnWriteArrayList<>();

  private record RequestKey(String provider, Operation operation, Category category, Money money) {}

  private record RailKey(String provider, Operation operation, String rail, Category category) {}

  private record PhaseKey(String provider, Phase phase) {}

  /// Empty metrics.
  public Metrics(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    String provider = intent.provider();
    requests
        .computeIfAbsent(
            new RequestKey(
                provider,
                intent.operation(),
                outcome.verdict().category(),
                outcome.verdict().money()),
            this::counter)
        .increment();
    for (PhaseSpan span : outcome.timings().spans()) {
      phase(provider, span.phase()).record(Duration.ofNanos(span.nanos()));
    }
    totals.computeIfAbsent(provider, this::total).record(outcome.timings().total());
    shares
        .computeIfAbsent(provider, this::share)
        .record(Duration.ofNanos(outcome.timings().ownNanos()));
    intent.routing().ifPresent(routing -> decided(routing.decisions()));
    decided(outcome.decisions());
    if (intent.repeatOf().isPresent()) {
      Counter.builder("tollwatch.repeats")
          .description("Calls that repeat an earlier one, by key or by body")
          .tag("provider", provider)
          .register(registry)
          .increment();
    }
    if (intent.duplicateOf().isPresent()) {
      Counter.builder("tollwatch.duplicate.attempts")
          .description("Payments with reference and amount of an earlier one, but another key")
          .tag("provider", provider)
          .register(registry)
          .increment();
    }
    if (intent.movesMoney()) {
      rail(intent, outcome).ifPresent(rail -> byRail(intent, outcome, rail));
    }
    outcome.verdict().trail().unmappedAt().ifPresent(table -> unmapped(provider, table));
    outcome.connection().tls().ifPresent(tls -> expires(provider, tls.certificateExpires()));
  }

  private void decided(List<Decision> decisions) {
    for (Decision decision : decisions) {
      Counter.builder("tollwatch.decisions")
          .description("Routing choices of channels, taken and refused")
          .tag("provider", decision.provider())
          .tag("kind", decision.kind().word())
          .register(registry)
          .increment();
    }
  }

  /// Takes note of how a breaker stands: of its states one is 1, the others are 0.
  void breaker(BreakerKey breaker, BreakerState state) {
    if (breakers.put(breaker, state) == null) {
      for (BreakerState each : BreakerState.values()) {
        Gauge.builder("tollwatch.breaker.state", breakers, all -> all.get(breaker) == each ? 1 : 0)
            .description("1 for the state that the breaker is in")
            .tags(tags(breaker))
            .tag("rail", breaker.rail().orElse(""))
            .tag("state", each.word())
            .register(registry);
      }
    }
  }

  void opened(BreakerKey breaker) {
    Counter.builder("tollwatch.breaker.opens")
        .description("How often breakers opened, those of rails too")
        .tags(tags(breaker))
        .register(registry)
        .increment();
  }

  void denied(BreakerKey breaker) {
    Counter.builder("tollwatch.permits.denied")
        .description("Calls of channels that a breaker or a limit did not let through")
        .tags(tags(breaker))
        .register(registry)
        .increment();
  }

  /// Takes note of a call that was refused because too many are under way.
  public void busy(String provider) {
    Counter.builder("tollwatch.limit.refused")
        .description("Calls refused with nothing sent, because too many are under way")
        .tag("provider", provider)
        .register(registry)
        .increment();
  }

  private static Tags tags(BreakerKey breaker) {
    return Tags.of("provider", breaker.provider(), "operation", breaker.operation().word());
  }

  /// Counts a run of a check, and how late it began.
  void checkRan(String check, CheckRun run) {
    Counter.builder("tollwatch.check.runs")
        .description("Runs of checks at this sidecar, by what they came to")
        .tag("check", check)
        .tag("result", run.passed() ? "passed" : "failed")
        .register(registry)
        .increment();
    Timer.builder("tollwatch.check.late")
        .description("How much later than planned runs of checks began")
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(Duration.between(run.planned(), run.began()));
  }

  /// Counts runs of a check that were missed.
  void checkMissed(String check, long runs) {
    Counter.builder("tollwatch.check.missed")
        .description("Runs of checks that should have been and were not")
        .tag("check", check)
        .register(registry)
        .increment((double) runs);
  }

  /// Shows a number that something else keeps.
  public <T> void gauge(String name, String help, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(help).register(registry);
  }

  /// Shows a count that something else keeps.
  public <T> void count(String name, String help, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, source, value).description(help).register(registry);
  }

  /// Counts a question to a gateway about a payment in doubt.
  public void looked(Reconciler.LookKey look) {
    Counter.builder("tollwatch.looks")
        .description("Questions to gateways about payments in doubt, by what came of them")
        .tag("provider", look.provider())
        .tag("result", look.result().word())
        .register(registry)
        .increment();
  }

  /// Counts a call of the webhook listener.
  ///
  /// @param result what came of it
  public void webhook(String result) {
    Counter.builder("tollwatch.webhooks")
        .description("Calls of the webhook listener, by what came of them")
        .tag("result", result)
        .register(registry)
        .increment();
  }

  /// Counts what a payment in doubt came to.
  public void resolved(Resolution resolution) {
    Counter.builder("tollwatch.resolutions")
        .description("What payments in doubt came to")
        .tag("by", resolution.by().word())
        .tag("money", resolution.money().word())
        .register(registry)
        .increment();
  }

  /// Shows what is in doubt.
  ///
  /// @param doubts asked at each scrape
  public void inDoubt(Supplier<List<Total>> doubts) {
    MultiGauge payments =
        table("tollwatch.in.doubt.payments", "Payments in doubt or pending, by provider");
    MultiGauge amounts =
        table("tollwatch.in.doubt.amount", "Their amounts in minor units of the currency");
    MultiGauge ages = table("tollwatch.in.doubt.oldest.seconds", "The age of the oldest of them");
    refreshing.add(() -> {
      List<Total> totals = doubts.get();
      payments.register(rows(totals, Total::count), true);
      amounts.register(rows(totals, Total::amountMinor), true);
      ages.register(
          rows(totals, each -> Duration.between(each.oldest(), clock.instant()).toMillis() / 1e3),
          true);
    });
  }

  /// Runs before each scrape.
  void onScrape(Runnable refresh) {
    refreshing.add(refresh);
  }

  /// A gauge whose rows are put in anew before each scrape.
  MultiGauge table(String name, String help) {
    return MultiGauge.builder(name).description(help).register(registry);
  }

  private static List<MultiGauge.Row<?>> rows(List<Total> totals, ToDoubleFunction<Total> value) {
    return totals.stream()
        .<MultiGauge.Row<?>>map(each ->
            MultiGauge.Row.of(
                Tags.of(
                    "provider",
                    each.provider(),
                    "money",
                    each.money().word(),
                    "currency",
                    each.currency()),
                value.applyAsDouble(each)))
        .toList();
  }

  /// All of it in the Prometheus text format.
  public String scrape() {
    refreshing.forEach(Runnable::run);
    return registry.scrape();
  }

  /// The code itself is no label: there is no end of them. The ledger has it.
  private void unmapped(String provider, String table) {
    Counter.builder("tollwatch.unmapped.codes")
        .description("Answers with a code that the provider's profile does not know")
        .tag("provider", provider)
        .tag("at", table)
        .register(registry)
        .increment();
  }

  /// What the request says comes first: it was known before the call, as a breaker needs it.
  private static Optional<String> rail(Intent intent, Outcome outcome) {
    return intent.correlation().handles().rail().or(() -> outcome.verdict().trail().rail());
  }

  /// A word of a profile's, of which there is a closed set.
  private void byRail(Intent intent, Outcome outcome, String rail) {
    rails
        .computeIfAbsent(
            new RailKey(intent.provider(), intent.operation(), rail, outcome.verdict().category()),
            key ->
                Counter.builder("tollwatch.rail.requests")
                    .description("Calls that move money, by card brand, wallet or bank")
                    .tag("provider", key.provider())
                    .tag("operation", key.operation().word())
                    .tag("rail", key.rail())
                    .tag("category", key.category().word())
                    .register(registry))
        .increment();
  }

  private Counter counter(RequestKey key) {
    return Counter.builder("tollwatch.requests")
        .description("Calls by what they came to")
        .tag("provider", key.provider())
        .tag("operation", key.operation().word())
        .tag("category", key.category().word())
        .tag("money", key.money().word())
        .register(registry);
  }

  private Timer phase(String provider, Phase phase) {
    return phases.computeIfAbsent(
        new PhaseKey(provider, phase),
        key ->
            timer("tollwatch.phase", "Time of calls by phase", provider)
                .tag("phase", key.phase().word())
                .register(registry));
  }

  /// A metric of its own: as one more phase it would double every sum over the phases.
  private Timer total(String provider) {
    return timer("tollwatch.call", "Time of calls in total", provider).register(registry);
  }

  private Timer share(String provider) {
    return timer("tollwatch.own", "Time of calls in no phase: Tollwatch's own share", provider)
        .register(registry);
  }

  private static Timer.Builder timer(String name, String help, String provider) {
    return Timer.builder(name)
        .description(help)
        .tag("provider", provider)
        .serviceLevelObjectives(BUCKETS);
  }

  private void expires(String provider, Instant end) {
    if (certificates.put(provider, end) == null) {
      Gauge.builder("tollwatch.certificate.days", certificates, ends -> days(ends.get(provider)))
          .description("Days until the first certificate of the provider's chain expires")
          .tag("provider", provider)
          .register(registry);
    }
  }

  private double days(@Nullable Instant end) {
    return end == null
        ? Double.NaN
        : Duration.between(clock.instant(), end).toMillis()
            / (double) Duration.ofDays(1).toMillis();
  }
}
