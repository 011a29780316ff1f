package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The breakers of all providers, and what can be seen only over all of them: whether it is our own
/// network that fails. Thread-safe; never waits. Holds one breaker for each operation of each
/// provider that was called, and a bounded number for its rails.
public final class HealthBoard implements Health {

  private final Function<String, BreakerSettings> settings;
  private final Limits limits;
  private final InstantSource time;
  private final DoubleSupplier jitter;
  private final BreakerListener listener;
  private final Announcements announcements;
  private final CheckReports checks = new CheckReports();
  private final OwnNetwork network = new OwnNetwork();
  private final Map<BreakerKey, OperationHealth> operations = new ConcurrentHashMap<>();

  /// A board on which all is well.
  ///
  /// @param settings those of each provider
  /// @param nanos a clock that never jumps; the other one only says what time it was at the start
  /// @param jitter by what each open time is multiplied, near 1, so that many sidecars do not come
  ///   back at once
  public HealthBoard(
      Function<String, BreakerSettings> settings,
      Limits limits,
      InstantSource wall,
      LongSupplier nanos,
      DoubleSupplier jitter,
      BreakerListener listener) {
    this.settings = settings;
    this.limits = limits;
    this.time = new SteadyTime(wall, nanos);
    this.jitter = jitter;
    this.listener = listener;
    this.announcements = new Announcements(listener::changed);
  }

  @Override
  public Admission ask(BreakerKey key, Origin origin) {
    return ask(key, origin, false);
  }

  @Override
  public Admission askAsLast(BreakerKey key, Origin origin) {
    return ask(key, origin, true);
  }

  private Admission ask(BreakerKey key, Origin origin, boolean last) {
    Optional<Limits.Place> place =
        origin == Origin.SYNTHETIC ? Optional.empty() : limits.enter(key.provider());
    if (origin != Origin.SYNTHETIC && place.isEmpty()) {
      return denied(key, BreakerState.CLOSED, key.provider() + " has too many calls under way");
    }
    OperationHealth operation = operation(key);
    OperationHealth.Asked asked = operation.ask(key.rail(), origin, last);
    announcements.tell();
    return switch (asked) {
      case OperationHealth.Asked.Seated(OperationHealth.Seats seats) ->
          new Admission.Granted(new Granted(operation, key, origin, seats, place));
      case OperationHealth.Asked.Refused(Breaker.Asked.Refused(var state, var reason)) -> {
        place.ifPresent(Limits.Place::close);
        yield denied(key, state, reason);
      }
    };
  }

  private Admission denied(BreakerKey key, BreakerState state, String reason) {
    listener.denied(key);
    return new Admission.Denied(state, reason);
  }

  @Override
  public Permit watch(BreakerKey key, Origin origin) {
    OperationHealth operation = operation(key);
    OperationHealth.Seats seats = operation.watch(key.rail(), origin);
    announcements.tell();
    return new Granted(operation, key, origin, seats, Optional.empty());
  }

  /// How all breakers stand that were ever asked, in the order of their names.
  public List<Standing> standings() {
    List<Standing> all =
        operations.values().stream()
            .flatMap(OperationHealth::all)
            .map(Breaker::standing)
            .sorted(Comparator.comparing(standing -> standing.breaker().shown()))
            .toList();
    announcements.tell();
    return all;
  }

  /// Since when our own network fails: no provider can be reached; empty if one can.
  public Optional<Instant> ownNetworkFailsSince() {
    return network.since();
  }

  /// Stands as an earlier run left it: the last of these changes of each breaker counts. What has
  /// happened in this run already counts for more.
  ///
  /// @param changes in the order in which they happened
  public void restore(List<BreakerChange> changes) {
    Map<BreakerKey, BreakerChange> last = new HashMap<>();
    changes.forEach(change -> last.put(change.breaker(), change));
    last.forEach((key, change) -> operation(key).breaker(key.rail()).restore(change));
  }

  /// Learns that a check exists, before it has reported.
  public void expectChecks(BreakerKey breaker, Duration interval) {
    checks.note(breaker, time.instant(), interval);
  }

  /// Learns what a check found that did not ask here, because it ran in another sidecar.
  public void heard(CheckResult result) {
    BreakerKey key = result.breaker();
    Instant ended = result.begun().plus(result.took());
    checks.note(key, ended, result.interval());
    checks.note(whole(key), ended, result.interval());
    Sign sign = Sign.of(result.verdict());
    OperationHealth operation = operation(key);
    operation.hear(key.rail(), result.begun(), sign, result.took());
    if (sign == Sign.FINE && key.operation() == Operation.QUERY) {
      halveOthers(key);
    }
    announcements.tell();
  }

  /// Forces the breakers of an operation, or of all operations of a provider.
  public void order(String provider, Optional<Operation> operation, Order order) {
    breakers(provider, operation).forEach(breaker -> breaker.order(order));
    announcements.tell();
  }

  /// Ends orders. Gives how many there were.
  public int release(String provider, Optional<Operation> operation, String reason, String who) {
    int released =
        (int) breakers(provider, operation).filter(each -> each.release(reason, who)).count();
    announcements.tell();
    return released;
  }

  /// Takes the settings anew.
  public void reload() {
    operations.forEach((key, operation) -> operation.settings(settings.apply(key.provider())));
  }

  /// What time it is for breakers.
  public Instant now() {
    return time.instant();
  }

  private Stream<Breaker> breakers(String provider, Optional<Operation> operation) {
    return operation
        .map(Stream::of)
        .orElseGet(() -> Arrays.stream(Operation.values()))
        .map(each -> operation(BreakerKey.of(provider, each)).whole());
  }

  private OperationHealth operation(BreakerKey key) {
    BreakerKey whole = whole(key);
    OperationHealth known = operations.get(whole);
    return known != null ? known : operations.computeIfAbsent(whole, this::newOperation);
  }

  private static BreakerKey whole(BreakerKey key) {
    return key.rail().isEmpty() ? key : BreakerKey.of(key.provider(), key.operation());
  }

  private OperationHealth newOperation(BreakerKey key) {
    return new OperationHealth(
        key,
        settings.apply(key.provider()),
        new Surroundings(
            time,
            new Normal(time.instant()),
            checks,
            announcements,
            jitter,
            () -> limits.bad(key.provider())));
  }

  private void settled(Granted permit, Verdict verdict, Duration took) {
    Sign sign = Sign.of(verdict);
    String provider = permit.key.provider();
    if (permit.origin == Origin.SYNTHETIC) {
      Duration usual = settings.apply(provider).closing().checkInterval();
      checks.reported(permit.key, time.instant(), usual);
      checks.reported(whole(permit.key), time.instant(), usual);
    }
    boolean begins = network.note(provider, sign, time.instant());
    boolean ours = sign == Sign.UNREACHED && network.since().isPresent();
    if (begins) {
      absolve();
    }
    loaded(permit, sign, took);
    permit.operation.settle(permit.seats, sign, verdict.routingHealth() && !ours, took);
    if (permit.origin == Origin.SYNTHETIC
        && sign == Sign.FINE
        && permit.key.operation() == Operation.QUERY) {
      halveOthers(permit.key);
    }
  }

  /// A provider that can't be reached is not one that has too much to do.
  private void loaded(Granted permit, Sign sign, Duration took) {
    boolean slow = took.compareTo(permit.operation.whole().slowAfter()) > 0;
    if (sign == Sign.FAILED || (sign == Sign.FINE && slow)) {
      limits.bad(permit.key.provider());
    } else if (sign == Sign.FINE) {
      limits.good(permit.key.provider());
    }
  }

  private void absolve() {
    Instant recently = time.instant().minus(OwnNetwork.SAME_TIME);
    operations.values().stream()
        .flatMap(OperationHealth::all)
        .forEach(breaker -> breaker.absolve(recently));
  }

  /// A query that went well shows that the provider is there, not that it takes payments: the other
  /// operations may be tested now (P7).
  private void halveOthers(BreakerKey query) {
    operations.forEach((key, operation) -> {
      if (key.provider().equals(query.provider()) && key.operation() != Operation.QUERY) {
        operation.whole().halve("a check could query the provider");
      }
    });
  }

  /// Leave to make one call, as it was given. Thread-safe.
  private final class Granted implements Permit {
    private final OperationHealth operation;
    private final BreakerKey key;
    private final Origin origin;
    private final OperationHealth.Seats seats;
    private final Optional<Limits.Place> place;
    private final AtomicBoolean ended = new AtomicBoolean();

    Granted(
        OperationHealth operation,
        BreakerKey key,
        Origin origin,
        OperationHealth.Seats seats,
        Optional<Limits.Place> place) {
      this.operation = operation;
      this.key = key;
      this.origin = origin;
      this.seats = seats;
      this.place = place;
    }

    @Override
    public void settle(Verdict verdict, Duration took) {
      if (end()) {
        settled(this, verdict, took);
        announcements.tell();
      }
    }

    @Override
    public void abandon() {
      if (end()) {
        operation.abandon(seats);
        announcements.tell();
      }
    }

    private boolean end() {
      boolean first = ended.compareAndSet(false, true);
      if (first) {
        place.ifPresent(Limits.Place::close);
      }
      return first;
    }
  }
}
