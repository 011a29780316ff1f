package io.tollwatch.reconcile;

import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.profile.Evidence;
import io.tollwatch.profile.Message;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Asks the gateways what became of payments in doubt, within each provider's [Budget], a share of
/// its live traffic, and [#MAX_RUNNING] looks at once at all of them together. It makes lookup
/// calls, and a cancel where that is switched on; it never repeats a payment's own request. Each
/// look is recorded as an exchange. Thread-safe; rounds are made by one thread.
public final class Reconciler {

  /// How many looks are under way at once, at all providers.
  static final int MAX_RUNNING = 16;

  private static final Set<Integer> UNWELL = Set.of(401, 403, 408, 429);

  private final Doubts doubts;
  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Executor executor;
  private final Map<String, Budget> budgets = new ConcurrentHashMap<>();
  private final Traffic traffic;
  private final Semaphore running = new Semaphore(MAX_RUNNING);
  private final List<Consumer<LookKey>> listeners = new CopyOnWriteArrayList<>();

  /// What looks are counted by.
  public record LookKey(String provider, Look.Result result) {}

  /// @param traffic what live calls the providers get
  /// @param executor runs looks: they wait for gateways
  public Reconciler(
      Doubts doubts,
      Dispatcher dispatcher,
      Traffic traffic,
      InstantSource clock,
      LongSupplier nanos,
      Executor executor) {
    this.doubts = doubts;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.nanos = nanos;
    this.executor = executor;
    this.traffic = traffic;
  }

  /// Begins the looks that are due and that the budgets allow.
  public void round() {
    Instant now = clock.instant();
    Set<String> spent = new HashSet<>();
    for (Case doubt : doubts.due(now)) {
      if (!spent.contains(doubt.provider()) && !tend(doubt, now)) {
        spent.add(doubt.provider());
      }
    }
  }

  /// @return whether the provider's budget may have more
  private boolean tend(Case doubt, Instant now) {
    Optional<Desk> desk = doubts.desk(doubt.provider());
    Optional<Plan> plan = desk.flatMap(it -> plan(doubt, it, now));
    if (plan.isEmpty()) {
      doubts
          .register()
          .hold(doubt, now.plus(Pace.defaults().firstDelay())); // a reload may bring a way
      return true;
    }
    if (now.isBefore(plan.get().from())) {
      doubts.register().hold(doubt, plan.get().from());
      return true;
    }
    Budget budget = budgets.computeIfAbsent(doubt.provider(), _ -> new Budget());
    if (!taken(budget, doubt.provider(), desk.get().pace())) {
      return false;
    }
    doubts.register().begin(doubt);
    executor.execute(() -> look(doubt, desk.get(), plan.get(), budget));
    return true;
  }

  private Optional<Plan> plan(Case doubt, Desk desk, Instant now) {
    return Plan.of(
        doubt,
        desk,
        now,
        doubts.register().asked(doubt),
        plan ->
            doubts.spared(doubt, plan)
                || isEarly(doubt, plan)
                || isUnderWay(doubt)
                || mayBeOfUnread(doubt, plan));
  }

  /// A clock that was set forward must not end what may still be on its way.
  private boolean isEarly(Case doubt, Plan cancel) {
    return doubts.over(doubt).compareTo(Duration.between(doubt.ended(), cancel.from())) < 0;
  }

  /// The caller of a repeat that runs may be told in a moment that the payment was taken.
  private boolean isUnderWay(Case doubt) {
    return doubt.identity().filter(dispatcher::isUnderWay).isPresent();
  }

  /// A payment that passed through unread may have its reference, and its caller have been told
  /// that it was taken.
  private boolean mayBeOfUnread(Case doubt, Plan cancel) {
    String provider = doubt.provider();
    return cancel.byReference()
        && (dispatcher.hasPassedUnread(provider) || doubts.hadPassedUnread(provider));
  }

  private boolean taken(Budget budget, String provider, Pace pace) {
    if (!running.tryAcquire()) {
      return false;
    }
    boolean taken = budget.take(nanos.getAsLong(), pace.perSecond(), () -> traffic.bears(provider));
    if (!taken) {
      running.release();
    }
    return taken;
  }

  private void look(Case doubt, Desk desk, Plan plan, Budget budget) {
    Look.Result result = Look.Result.FAILED;
    String exchange = "";
    try {
      Inquiry.Told told = Inquiry.make(dispatcher, desk, plan.call(), doubt);
      exchange = told.exchange();
      result = told.answer().map(answer -> result(plan, answer)).orElse(Look.Result.FAILED);
      if (told.answer().isPresent()) {
        settle(doubt, desk, plan, told.answer().get(), exchange);
      }
    } finally {
      running.release();
      budget.done(nanos.getAsLong(), result != Look.Result.FAILED);
      doubts.looked(doubt, new Look(exchange, clock.instant(), result), desk.pace());
      LookKey key = new LookKey(doubt.provider(), result);
      listeners.forEach(listener -> listener.accept(key));
    }
  }

  private void settle(Case doubt, Desk desk, Plan plan, Message answer, String exchange) {
    Optional<Money> proven =
        Proof.byLookup(
            desk.provider().profile(),
            plan.call(),
            answer,
            time -> doubts.isUnseenFor(doubt, time));
    if (proven.isPresent() && !(plan.byReference() && doubts.isAmbiguous(doubt))) {
      doubts.prove(
          doubt,
          proven.get(),
          plan.cancel() ? Resolution.By.CANCEL : Resolution.By.LOOKUP,
          plan.cancel() ? "the gateway cancelled it" : "the gateway answered a lookup",
          exchange);
    }
  }

  private static Look.Result result(Plan plan, Message answer) {
    if (answer.status() >= 500 || UNWELL.contains(answer.status())) {
      return Look.Result.FAILED;
    }
    return switch (plan.call().evidence(answer)) {
      case Evidence.NotFound() -> Look.Result.NOT_FOUND;
      case Evidence.Nothing() -> Look.Result.NOTHING;
      case Evidence.State(Money money) ->
          switch (money) {
            case SUCCEEDED -> Look.Result.SUCCEEDED;
            case REJECTED -> Look.Result.REJECTED;
            case PENDING -> Look.Result.PENDING;
            case NONE, NOT_SENT, IN_DOUBT -> Look.Result.NOTHING;
          };
    };
  }

  /// Adds somebody who is told of each look, on the thread that made it.
  public void onLook(Consumer<LookKey> listener) {
    listeners.add(listener);
  }

  /// The providers at which only single looks go now, because looks fail.
  public List<String> stopped() {
    return budgets.entrySet().stream()
        .filter(each -> each.getValue().stopped())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
