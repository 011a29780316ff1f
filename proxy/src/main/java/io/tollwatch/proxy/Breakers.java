package io.tollwatch.proxy;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.BreakerListener;
import io.tollwatch.health.HealthBoard;
import io.tollwatch.health.Limits;
import io.tollwatch.health.Order;
import io.tollwatch.health.Standing;
import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.proxy.admin.BreakerDesk;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.egress.Places;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.taxonomy.Operation;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The health of a running sidecar's providers: its breakers and limits, with the settings in
/// force. Thread-safe.
final class Breakers implements BreakerDesk, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Breakers.class.getName());

  /// Open times differ by a tenth, so that many sidecars do not come back in one moment.
  private static final double JITTER = 0.1;

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-breakers").daemon().factory());

  private final Supplier<Configuration> configuration;
  private final Limits limits;
  private final HealthBoard board;

  /// @param configuration the one in force
  Breakers(Supplier<Configuration> configuration, SystemTime time, BreakerListener listener) {
    this.configuration = configuration;
    this.limits = new Limits(name -> configuration.get().limits(name).settings(), time.nanos());
    this.board =
        new HealthBoard(
            name -> configuration.get().breaker(name).settings(),
            limits,
            time.wall(),
            time.nanos(),
            () -> ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER),
            listener);
  }

  HealthBoard board() {
    return board;
  }

  Limits limits() {
    return limits;
  }

  /// Places for calls whose callers name the provider. Counts what is refused.
  Places places(Metrics metrics) {
    return provider -> {
      Optional<Limits.Place> place = limits.enter(provider);
      if (place.isEmpty()) {
        metrics.busy(provider);
      }
      return place;
    };
  }

  /// Begins to stand as the last run left it, and to let time move what nobody asks. Waits for
  /// neither: a long journal must not hold up the start (P4).
  void start(JournaledLedger ledger) {
    clockwork.execute(() -> restore(ledger));
    var _ = clockwork.scheduleWithFixedDelay(board::standings, 1, 1, TimeUnit.SECONDS);
  }

  private void restore(JournaledLedger ledger) {
    Map<BreakerKey, BreakerChange> last = new HashMap<>();
    try {
      ledger.replay(entry -> {
        if (entry instanceof BreakerChange change && isProvider(change.breaker().provider())) {
          last.put(change.breaker(), change);
        }
      });
    } catch (UncheckedIOException e) {
      // breakers that begin closed cost some failed calls, not the start (P4)
      LOG.log(
          Level.WARNING, "breakers begin anew: the journal can''t be read: {0}", e.getMessage());
    }
    board.restore(List.copyOf(last.values()));
  }

  @Override
  public List<Standing> standings() {
    return board.standings();
  }

  @Override
  public Optional<Instant> ownNetworkFailsSince() {
    return board.ownNetworkFailsSince();
  }

  @Override
  public Instant now() {
    return board.now();
  }

  @Override
  public boolean isProvider(String name) {
    return configuration.get().provider(name).isPresent();
  }

  @Override
  public void order(String provider, Optional<Operation> operation, Order order) {
    board.order(provider, operation, order.redacted(redaction()));
  }

  @Override
  public int release(String provider, Optional<Operation> operation, String reason, String who) {
    UnaryOperator<String> redaction = redaction();
    return board.release(provider, operation, redaction.apply(reason), redaction.apply(who));
  }

  /// Orders stand in the journal, in the log and in reports.
  private UnaryOperator<String> redaction() {
    return ReportSetup.redaction(configuration.get());
  }

  /// What makes health less than it should be, for people.
  Optional<String> degraded() {
    return ownNetworkFailsSince()
        .map(since -> "no provider can be reached since " + since + ": it is our own network");
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }
}
