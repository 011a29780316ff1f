package io.tollwatch.reconcile;

import io.tollwatch.attempt.Origin;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Index index = new Index();
  private final KeyUses keyUses = new KeyUses();
  private final DoubleCharges doubleCharges = new DoubleCharges();
  private final List<Consumer<Resolution>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong beyond = new AtomicLong();

  /// @param desks where the providers in force are asked, by name
  /// @param random spreads the first looks
  public Doubts(
      Function<String, Optional<Desk>> desks,
      Ledger ledger,
      InstantSource clock,
      LongSupplier nanos,
      RandomGenerator random) {
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
  public void settled(Intent intent, Outcome outcome) {
    if (intent.origin() == Origin.RECONCILE) {
      return; // whoever looks says itself what it learned
    }
    var _ = keyUses.note(intent);
    Optional<Profile> profile =
        isEmpty() || intent.reported()
            ? Optional.empty() // a service's word proves nothing of another attempt
            : desk(intent.provider()).map(it -> it.provider().profile());
    profile.ifPresent(known -> learn(known, intent, outcome));
    took(intent, outcome);
    if (isOpen(intent, outcome)) {
      open(intent, Optional.of(outcome));
    }
  }

  static boolean isOpen(Intent intent, Outcome outcome) {
    Money money = outcome.verdict().money();
    return intent.movesMoney() && (money == Money.IN_DOUBT || money == Money.PENDING);
  }

  /// Adds a payment, if there is room.
  void open(Intent intent, Optional<Outcome> outcome) {
    Optional<Desk> desk = desk(intent.provider());
    Case doubt =
        Case.of(
            desk.map(it -> it.provider().profile()),
            intent,
            outcome,
            keyUses.note(intent),
            nanos.getAsLong());
    Pace pace = desk.map(Desk::pace).orElseGet(Pace::defaults);
    doubt.schedule(doubt.ended().plus(pace.next(0, random.nextDouble())));
    synchronized (index) {
      if (index.size() >= MAX) {
        beyond.incrementAndGet();
      } else {
        index.add(doubt);
      }
    }
  }

  /// What a call of the service says of earlier ones.
  private void learn(Profile profile, Intent intent, Outcome outcome) {
    for (Case first : sameKey(intent)) {
      Proof.byRepeat(profile, first, intent, outcome)
          .ifPresent(money ->
              prove(first, money, Resolution.By.REPEAT, "the repeat was answered", intent.id()));
    }
    if (!intent.movesMoney()) {
      for (Asking asked : Asking.of(profile, intent, outcome)) {
        for (Case doubt : askedAbout(intent.provider(), asked)) {
          Proof.byLookup(profile, asked.call(), doubt, asked.answer(), over(doubt))
              .filter(_ -> asked.isSureOf(doubt) || !isAmbiguous(doubt))
              .ifPresent(money ->
                  prove(
                      doubt,
                      money,
                      Resolution.By.LOOKUP,
                      "the service's own query was answered",
                      intent.id()));
        }
      }
    }
  }

  /// For how long it has surely been over.
  Duration over(Case doubt) {
    return doubt.over(clock.instant(), nanos.getAsLong());
  }

  private List<Case> sameKey(Intent intent) {
    Optional<String> key = intent.correlation().idempotencyKey();
    if (key.isEmpty() || !intent.movesMoney()) {
      return List.of();
    }
    return named(intent.provider(), Facts.KEY, key.get()).stream()
        .filter(first -> first.operation() == intent.operation())
        .filter(first -> !first.exchange().equals(intent.id()))
        .toList();
  }

  private List<Case> askedAbout(String provider, Asking asked) {
    List<Case> found = new ArrayList<>();
    for (String fact : List.of(Facts.PAYMENT, Facts.REFERENCE)) {
      String value = asked.facts().get(fact);
      if (value != null) {
        named(provider, fact, value).stream()
            .filter(each -> asked.isOf(each) && !found.contains(each))
            .forEach(found::add);
      }
    }
    return found;
  }

  /// Doubts of a provider that have that fact.
  List<Case> named(String provider, String fact, String value) {
    synchronized (index) {
      return index.named(provider, fact, value);
    }
  }

  /// Resolves a payment that is in the register, once.
  ///
  /// @param evidence the exchange that proves it
  /// @return whether it was still open
  boolean prove(Case doubt, Money money, Resolution.By by, String reason, String evidence) {
    Optional<Case> open;
    synchronized (index) {
      open = index.remove(doubt.exchange());
    }
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

  /// Whether the merchant's reference alone does not tell it from another payment: then a success
  /// under that reference may be the other's.
  boolean isAmbiguous(Case doubt) {
    Optional<String> reference = doubt.fact(Facts.REFERENCE);
    boolean another =
        reference
            .filter(text ->
                named(doubt.provider(), Facts.REFERENCE, text).stream()
                    .anyMatch(each -> each != doubt && !samePayment(each, doubt)))
            .isPresent();
    return another || doubleCharges.hasAnotherAt(doubt.provider(), Taken.of(doubt));
  }

  private static boolean samePayment(Case one, Case other) {
    return one.key().isPresent() && one.key().equals(other.key());
  }

  List<Case> all() {
    synchronized (index) {
      return index.all();
    }
  }

  /// Records what a payment came to, whoever says so, and tells those who listen. One that is not
  /// in the register any more gets one more resolution: the last counts.
  public void resolve(Resolution resolution) {
    Optional<Case> open;
    synchronized (index) {
      open = index.remove(resolution.exchange());
    }
    settle(open, resolution);
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
    if (!payment.names().isEmpty()) {
      var _ = doubleCharges.note(payment, at);
    }
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

  Optional<Case> forget(String exchange) {
    synchronized (index) {
      return index.remove(exchange);
    }
  }

  void usedBefore(Intent intent) {
    var _ = keyUses.note(intent);
  }

  void tookBefore(Intent intent, Outcome outcome) {
    took(intent, outcome);
  }

  private boolean isEmpty() {
    synchronized (index) {
      return index.size() == 0;
    }
  }

  Optional<Desk> desk(String provider) {
    return desks.apply(provider);
  }

  /// Those that may be asked about now, those that wait longest first.
  List<Case> due(Instant now) {
    List<Case> due = new ArrayList<>();
    synchronized (index) {
      for (Case each : index.all()) {
        Pace pace = desk(each.provider()).map(Desk::pace).orElseGet(Pace::defaults);
        if (each.due(now, pace)) {
          due.add(each);
        }
      }
    }
    due.sort(Comparator.comparing(Case::nextLook));
    return due;
  }

  /// Holds a payment back from being asked about until then.
  void hold(Case doubt, Instant until) {
    synchronized (index) {
      doubt.schedule(until);
    }
  }

  /// Begins a look at it.
  void begin(Case doubt) {
    synchronized (index) {
      doubt.begin();
    }
  }

  /// Ends a look at it.
  void looked(Case doubt, Look look, Pace pace) {
    synchronized (index) {
      doubt.looked(look, look.at().plus(pace.next(doubt.looks() + 1, random.nextDouble())));
    }
  }

  /// What is open, the oldest first.
  public List<Doubt> list() {
    List<Case> all;
    synchronized (index) {
      all = index.all();
    }
    all.sort(Comparator.comparing(Case::since));
    return all.stream().map(this::shown).toList();
  }

  /// One of them, by the exchange's id.
  public Optional<Doubt> find(String exchange) {
    synchronized (index) {
      return index.find(exchange).map(this::shown);
    }
  }

  private Doubt shown(Case doubt) {
    Optional<Desk> desk = desk(doubt.provider());
    synchronized (index) {
      return doubt.shown(Ways.of(doubt, desk), desk.map(Desk::pace).orElseGet(Pace::defaults));
    }
  }

  /// How many there was no room for: they are in the ledger only.
  public long beyond() {
    return beyond.get();
  }

  void roomMade(long again) {
    beyond.set(again);
  }

  boolean hasRoom() {
    synchronized (index) {
      return index.size() < MAX;
    }
  }

  /// Payments that were found to be taken twice.
  public List<DoubleCharge> doubleCharges() {
    return doubleCharges.all();
  }
}
