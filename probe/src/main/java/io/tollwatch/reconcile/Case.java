package io.tollwatch.reconcile;

import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the register holds of a doubt: enough to ask about it and to know its repeats again, never
/// a body. Immutable but for its looks and repeats, which the register's lock guards.
final class Case {

  private final String exchange;
  private final Instant since;
  private final Instant ended;
  private final KeyUses.Use keyUse;
  private final String provider;
  private final Operation operation;
  private final Money money;
  private final OptionalLong amountMinor;
  private final Optional<String> currency;
  private final Optional<String> key;
  private final Optional<PaymentIdentity> identity;
  private final boolean masked;
  private final boolean again;
  private final int bodyHash;
  private final long notedNanos;
  private final Map<String, String> facts;

  private int looks;
  private int answered;
  private boolean saidTaken;
  private boolean saidPending;
  private OptionalLong repeatedNanos = OptionalLong.empty();
  private Optional<Look> lastLook = Optional.empty();
  private Instant nextLook;
  private boolean asking;

  private Case(
      Intent intent,
      Instant ended,
      KeyUses.Use keyUse,
      boolean again,
      Money money,
      Map<String, String> facts,
      long notedNanos) {
    Handles handles = intent.correlation().handles();
    this.exchange = intent.id();
    this.since = intent.startedAt();
    this.ended = ended;
    this.keyUse = keyUse;
    this.provider = intent.provider();
    this.operation = intent.operation();
    this.money = money;
    this.amountMinor = handles.amountMinor();
    this.currency = handles.currency();
    this.key = intent.correlation().idempotencyKey();
    this.identity = intent.correlation().identity();
    this.masked = handles.resolve() == Handles.Resolve.BY_HAND;
    this.again = again || intent.repeatOf().isPresent() || intent.duplicateOf().isPresent();
    this.bodyHash = intent.body().text().hashCode();
    this.facts = facts;
    this.notedNanos = notedNanos;
    this.nextLook = ended;
  }

  /// @param profile the provider's; empty if it is not configured any more
  /// @param outcome empty if Tollwatch died while it ran
  /// @param keyUse when its key was first used
  /// @param again whether it was by an earlier call
  /// @param notedNanos when this run learned of it, on the steady clock
  static Case of(
      Optional<Profile> profile,
      Intent intent,
      Optional<Outcome> outcome,
      KeyUses.Use keyUse,
      boolean again,
      long notedNanos) {
    Instant ended =
        outcome.map(it -> intent.startedAt().plus(it.timings().total())).orElse(intent.startedAt());
    Money money = outcome.map(it -> it.verdict().money()).orElse(Money.IN_DOUBT);
    return new Case(
        intent,
        ended,
        keyUse,
        again,
        money,
        profile.map(known -> Facts.of(known, intent, outcome)).orElse(Map.of()),
        notedNanos);
  }

  String exchange() {
    return exchange;
  }

  Instant since() {
    return since;
  }

  /// When its request ended, as far as is known.
  Instant ended() {
    return ended;
  }

  /// For how long it has surely been over: by the wall clock since its end, and no longer than this
  /// run has known it, since a clock that was set forward must not turn "not found" into proof.
  Duration over(Instant now, long nowNanos) {
    Duration byWall = Duration.between(ended, now);
    Duration known = Duration.ofNanos(nowNanos - notedNanos);
    return byWall.compareTo(known) < 0 ? byWall : known;
  }

  /// When its key was first used, as far as is known.
  KeyUses.Use keyUse() {
    return keyUse;
  }

  String provider() {
    return provider;
  }

  Operation operation() {
    return operation;
  }

  Optional<String> key() {
    return key;
  }

  Optional<PaymentIdentity> identity() {
    return identity;
  }

  /// Whether something that it would be found by had to be masked.
  boolean masked() {
    return masked;
  }

  /// Of the kept text of its request's body.
  int bodyHash() {
    return bodyHash;
  }

  /// By what it is looked up.
  Map<String, String> facts() {
    return facts;
  }

  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  OptionalLong amountMinor() {
    return amountMinor;
  }

  Optional<String> currency() {
    return currency;
  }

  Money money() {
    return money;
  }

  /// Whether it may be asked about now.
  boolean due(Instant now, Pace pace) {
    return !asking && answered < pace.maxLooks() && !now.isBefore(nextLook);
  }

  /// When it may be asked about next.
  Instant nextLook() {
    return nextLook;
  }

  void schedule(Instant next) {
    nextLook = next;
  }

  void begin() {
    asking = true;
  }

  /// Takes note of a look, and when the next one may come.
  void looked(Look look, Instant next) {
    asking = false;
    looks++;
    lastLook = Optional.of(look);
    nextLook = next;
    if (look.result() != Look.Result.FAILED) {
      answered++;
    }
    saidTaken |= look.result() == Look.Result.SUCCEEDED;
    saidPending |= look.result() == Look.Result.PENDING;
  }

  /// Takes note that another call with one of its names ended then, on the steady clock. The
  /// gateway may say something else of the payment from now on, so it may be asked as often as at
  /// first.
  void repeated(long endNanos) {
    repeatedNanos = OptionalLong.of(endNanos);
    answered = 0;
  }

  /// Whether none with one of its names ended within that time before now.
  boolean isQuietFor(Duration time, long nowNanos) {
    return repeatedNanos.isEmpty() || nowNanos - repeatedNanos.getAsLong() >= time.toNanos();
  }

  /// Takes note that something says of a payment with one of its names that it was taken.
  void saidTaken() {
    saidTaken = true;
  }

  /// Whether the gateway answered a look at it.
  boolean asked() {
    return answered > 0;
  }

  /// Whether it must not be cancelled: the gateway knows it by the names of an earlier call, which
  /// may have been taken, or something says that it was taken, or that its result is still to come.
  ///
  /// @param pending whether a cancel may end what is still to come
  boolean spared(boolean pending) {
    boolean toCome = saidPending || money == Money.PENDING;
    return again || saidTaken || (toCome && !pending);
  }

  int looks() {
    return looks;
  }

  Doubt shown(Ways how, Pace pace) {
    boolean goesOn = how.best() == Way.BY_LOOKUP && answered < pace.maxLooks();
    return new Doubt(
        exchange,
        since,
        provider,
        operation,
        money,
        amountMinor,
        currency,
        fact(Facts.REFERENCE),
        fact(Facts.PAYMENT),
        how,
        looks,
        lastLook,
        goesOn ? Optional.of(nextLook) : Optional.empty());
  }
}
