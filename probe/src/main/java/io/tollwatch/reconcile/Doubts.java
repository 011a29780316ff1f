package io.tollwatch.reconcile;

import io.tollwatch.attempt.Origin;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.profile.Profile;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The register of payments in doubt and pending. It learns of them from calls as they end, and is
/// rebuilt from the ledger at the start. A payment leaves it by a resolution only: by proof, or by
/// a person; never by waiting. Thread-safe; holds at most [#MAX] payments, of each less than a few
/// kilobytes. What is beyond that stays in the ledger, counted here, until there is room.
public final class Doubts implements Observer {

  /// How many payments are held at most.
  public static final int MAX = 20_000;

  /// Stands for a text that nobody can check for secrets: its provider is not configured any more.
  private static final String UNCHECKED = "(not kept)";

  private final Function<String, Optional<Desk>> desks;
  private final Ledger ledger;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Register register;
  private final KeyUses keyUses = new KeyUses();
  private final OnTheWay onTheWay;

  /// Names of providers; bounded by their number.
  private final Set<String> passedUnread = ConcurrentHashMap.newKeySet();

  private final DoubleCharges doubleCharges = new DoubleCharges();
  private final List<Consumer<Resolution>> listeners = new CopyOnWriteArrayList<>();

  /// @param desks where the providers in force are asked, by name
  /// @param shared what other sidecars send of the same payments
  /// @param random spreads the first looks
  public Doubts(
      Function<String, Optional<Desk>> desks,
      SharedClaims shared,
      Ledger ledger,
      InstantSource clock,
      LongSupplier nanos,
      RandomGenerator random) {
    this(desks, shared, ledger, clock, nanos, random, MAX);
  }

  /// @param max how many payments are held at most
  Doubts(
      Function<String, Optional<Desk>> desks,
      SharedClaims shared,
      Ledger ledger,
      InstantSource clock,
      LongSupplier nanos,
      RandomGenerator random,
      int max) {
    this.register = new Register(max);
    this.onTheWay = new OnTheWay(register, shared);
    this.desks = desks;
    this.ledger = ledger;
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
  }

  /// Adds somebody who is told of each resolution, on the thread that found it.
  public void onResolution(Consumer<Resolution> listener) {
    listeners.add(listener);
  }

  @Override
  public void begun(Intent intent) {
    if (watches(intent)) {
      onTheWay.begun(intent);
    }
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    if (!watches(intent)) {
      return;
    }
    onTheWay.ended(intent, outcome, nanos.getAsLong());
    try {
      learn(intent, outcome);
    } finally {
      onTheWay.learned(intent); // last, so that there is no moment at which nothing tells of it
    }
  }

  private void learn(Intent intent, Outcome outcome) {
    var _ = keyUses.note(intent, use(intent, outcome));
    Optional<Profile> profile =
        register.isEmpty() || intent.reported()
            ? Optional.empty() // a service's word proves nothing of another attempt
            : desk(intent.provider()).map(it -> it.provider().profile());
    profile.ifPresent(known -> new Learning(this, known).from(intent, outcome));
    took(intent, outcome);
    if (isOpen(intent, outcome)) {
      open(intent, Optional.of(outcome), use(intent, outcome));
    }
  }

  /// A call of this run that has just ended. When a service made one that it reports nobody knows.
  private KeyUses.Use use(Intent intent, Outcome outcome) {
    long began = nanos.getAsLong() - outcome.timings().total().toNanos();
    return new KeyUses.Use(intent.startedAt(), began, intent.reported());
  }

  private KeyUses.Use usedBefore(Intent intent) {
    return new KeyUses.Use(intent.startedAt(), nanos.getAsLong(), true);
  }

  /// Whoever looks says itself what it learned, and checks give back what they take.
  static boolean watches(Intent intent) {
    return intent.origin() == Origin.LIVE;
  }

  static boolean isOpen(Intent intent, Outcome outcome) {
    Money money = outcome.verdict().money();
    return intent.movesMoney() && (money == Money.IN_DOUBT || money == Money.PENDING);
  }

  /// Adds a payment of an earlier run, if there is room.
  void openBefore(Intent intent, Optional<Outcome> outcome) {
    open(intent, outcome, usedBefore(intent));
  }

  private void open(Intent intent, Optional<Outcome> outcome, KeyUses.Use use) {
    Optional<Desk> desk = desk(intent.provider());
    Case doubt =
        Case.of(
            desk.map(it -> it.provider().profile()),
            intent,
            outcome,
            keyUses.note(intent, use),
            keyUses.cameBefore(intent),
            nanos.getAsLong());
    Pace pace = desk.map(Desk::pace).orElseGet(Pace::defaults);
    doubt.schedule(doubt.ended().plus(pace.next(0, random.nextDouble())));
    register.add(doubt);
  }

  /// For how long it has surely been over.
  Duration over(Case doubt) {
    return doubt.over(clock.instant(), nanos.getAsLong());
  }

  /// Whether nothing of that payment was on its way for so long: what was may not be shown yet.
  boolean isUnseenFor(Case doubt, Duration time) {
    return over(doubt).compareTo(time) >= 0 && onTheWay.isQuietFor(doubt, time, nanos.getAsLong());
  }

  /// Whether its gateway still knows its key, so that all that has the key is of one payment.
  boolean isKeyAlive(Case doubt) {
    KeyUses.Use use = doubt.keyUse();
    return desk(doubt.provider())
        .flatMap(it -> it.provider().profile().idempotency().lives())
        .filter(life ->
            use.isWithin(life, nanos.getAsLong())
                || use.seemsWithinHalf(life, clock.instant(), nanos.getAsLong()))
        .isPresent();
  }

  /// Now, by the clock that nobody sets.
  long nowNanos() {
    return nanos.getAsLong();
  }

  /// Doubts of a provider that have that fact.
  List<Case> named(String provider, String fact, String value) {
    return register.named(provider, fact, value);
  }

  /// Resolves a payment that is in the register, once.
  ///
  /// @param evidence the exchange that proves it
  /// @return whether it was still open
  boolean prove(Case doubt, Money money, Resolution.By by, String reason, String evidence) {
    Optional<Case> open = register.resolve(doubt.exchange());
    if (open.isPresent()) {
      settle(
          open,
          new Resolution(
              doubt.exchange(),
              clock.instant(),
              money,
              by,
              reason,
              Optional.empty(),
              Optional.of(evidence)));
    }
    return open.isPresent();
  }

  /// Whether the merchant's reference alone does not tell it from another payment, be it one that
  /// is under way: then a success under that reference may be the other's.
  boolean isAmbiguous(Case doubt) {
    Optional<String> reference = doubt.fact(Facts.REFERENCE);
    boolean another =
        reference
            .filter(text ->
                named(doubt.provider(), Facts.REFERENCE, text).stream()
                    .anyMatch(each -> each != doubt && !samePayment(each, doubt)))
            .isPresent();
    return another
        || onTheWay.runsAnother(doubt)
        || doubleCharges.hasAnotherAt(doubt.provider(), Taken.of(doubt));
  }

  /// Whether that cancel must not be made of it: it would undo what was taken, or end another
  /// payment of the same reference.
  boolean spared(Case doubt, Plan cancel) {
    return register.spared(doubt, cancel.call().pending())
        || (cancel.byReference() && isAmbiguous(doubt));
  }

  /// Whether payments passed through to that provider in earlier runs whose references nobody here
  /// has read.
  boolean hadPassedUnread(String provider) {
    return passedUnread.contains(provider);
  }

  private static boolean samePayment(Case one, Case other) {
    return one.key().isPresent() && one.key().equals(other.key());
  }

  List<Case> all() {
    return register.all();
  }

  /// Records what a payment came to, whoever says so, and tells those who listen. One that is not
  /// in the register any more gets one more resolution: the last counts.
  public void resolve(Resolution resolution) {
    settle(register.resolve(resolution.exchange()), resolution);
  }

  /// Records what a person says that a payment came to.
  ///
  /// @param reason as it was given: what may be a secret in it is masked
  public Resolution resolveByHand(
      String exchange, String provider, Money money, String reason, String who) {
    Optional<Desk> desk = desk(provider);
    UnaryOperator<String> redaction =
        text -> desk.map(it -> it.provider().redactor().text(text)).orElse(UNCHECKED);
    Resolution resolution =
        new Resolution(
            exchange,
            clock.instant(),
            money,
            Resolution.By.HAND,
            redaction.apply(reason),
            Optional.of(redaction.apply(who)),
            Optional.empty());
    resolve(resolution);
    return resolution;
  }

  private void settle(Optional<Case> open, Resolution resolution) {
    var _ = ledger.resolution(resolution); // what is not kept is counted there
    if (resolution.money() == Money.SUCCEEDED) {
      open.ifPresent(doubt -> note(Taken.of(doubt), resolution.at()));
    }
    listeners.forEach(listener -> listener.accept(resolution));
  }

  private void took(Intent intent, Outcome outcome) {
    if (intent.movesMoney() && outcome.verdict().money() == Money.SUCCEEDED) {
      note(Taken.of(intent), intent.startedAt());
    }
  }

  private void note(Taken payment, Instant at) {
    saidTaken(payment.provider(), Facts.KEY, payment.key());
    saidTaken(payment.provider(), Facts.REFERENCE, payment.reference());
    saidTaken(payment.provider(), Facts.PAYMENT, payment.payment());
    if (!payment.names().isEmpty()) {
      var _ = doubleCharges.note(payment, at);
    }
  }

  /// Takes note that a payment of that name was taken, be it one in doubt or another: none of that
  /// name is cancelled from now on.
  void saidTaken(String provider, String fact, Optional<String> value) {
    value.ifPresent(known -> register.saidTaken(provider, fact, known));
  }

  /// Begins to rebuild the register from the ledger.
  public Rebuilding rebuild() {
    return new Rebuilding(this);
  }

  /// As [#settle], of what the ledger has already.
  void settledBefore(Resolution resolution, Optional<Case> open) {
    if (resolution.money() == Money.SUCCEEDED) {
      open.ifPresent(doubt -> note(Taken.of(doubt), resolution.at()));
    }
  }

  void knownBefore(Intent intent) {
    if (intent.passesUnread()) {
      passedUnread.add(intent.provider());
    }
    var _ = keyUses.note(intent, usedBefore(intent));
  }

  void tookBefore(Intent intent, Outcome outcome) {
    took(intent, outcome);
  }

  /// Where the payments are held.
  Register register() {
    return register;
  }

  Optional<Desk> desk(String provider) {
    return desks.apply(provider);
  }

  /// Those that may be asked about now, those that wait longest first.
  List<Case> due(Instant now) {
    return register.due(now, provider -> desk(provider).map(Desk::pace).orElseGet(Pace::defaults));
  }

  /// Ends a look at one.
  void looked(Case doubt, Look look, Pace pace) {
    register.looked(doubt, look, pace, random.nextDouble());
  }

  /// What is open, the oldest first.
  public List<Doubt> list() {
    List<Case> all = register.all();
    all.sort(Comparator.comparing(Case::since));
    return all.stream().map(this::shown).toList();
  }

  /// One of them, by the exchange's id.
  public Optional<Doubt> find(String exchange) {
    return register.find(exchange).map(this::shown);
  }

  private Doubt shown(Case doubt) {
    return register.shown(doubt, desk(doubt.provider()));
  }

  /// How many there was no room for: they are in the ledger only.
  public long beyond() {
    return register.beyond();
  }

  /// Whether some of them may come in from the ledger now.
  public boolean mayTakeMore() {
    return register.mayTakeMore();
  }

  /// Payments that were found to be taken twice.
  public List<DoubleCharge> doubleCharges() {
    return doubleCharges.all();
  }
}
