package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.ledger.store.Claim;
import io.tollwatch.ledger.store.Claims;
import io.tollwatch.ledger.store.ClaimsUnanswered;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Claims of payments in the ledger that sidecars share. After a failure it does not ask for
/// [#PAUSE], so that a database that hangs holds few calls. Thread-safe.
public final class LedgerClaims implements SharedClaims {

  /// How long nothing is asked after a failure.
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// How long a call that goes to its provider in any case waits for the others to know of it (P4):
  /// what takes longer goes on beside it.
  static final Duration PATIENCE = Duration.ofMillis(100);

  /// How many claims that are to be taken back are kept at most; what is beyond stays claimed.
  static final int MAX_RELEASES = 10_000;

  private static final String OTHER_KEY =
      "redaction.join-key is another one than at the sidecars before, so payments can't be compared";

  private final Claims claims;
  private final String fingerprint;
  private final LongSupplier nanos;
  private final AtomicBoolean checked = new AtomicBoolean();
  private final AtomicLong pausedUntilNanos;
  private final ConcurrentLinkedQueue<String> releases = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong unconfirmed = new AtomicLong();
  private volatile String trouble = "";

  /// @param fingerprint of something that is the same everywhere, under this sidecar's key
  public LedgerClaims(Claims claims, String fingerprint, LongSupplier nanos) {
    this.claims = claims;
    this.fingerprint = fingerprint;
    this.nanos = nanos;
    this.pausedUntilNanos = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public Claiming claim(Attempted attempted, boolean followReference) {
    return asked(
        () -> claims.claim(claim(attempted), followReference),
        all -> told(attempted, followReference, all));
  }

  @Override
  public void note(Attempted attempted) {
    if (attempted.identity().isUnknown()
        || !claims.isKept(attempted.identity().channel())
        || isPaused()) {
      return;
    }
    Thread telling = Thread.startVirtualThread(() -> claim(attempted, true));
    try {
      boolean _ = telling.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPaused() {
    return nanos.getAsLong() - pausedUntilNanos.get() < 0;
  }

  @Override
  public Claiming move(String exchange, Attempted next) {
    return asked(() -> claims.move(exchange, claim(next)), all -> told(next, false, all));
  }

  @Override
  public Claiming standing(PaymentIdentity identity) {
    return asked(
        () -> claims.standing(identity),
        all ->
            new Claiming.Granted(
                Payments.binding(all.stream().map(LedgerClaims::standing).toList(), identity)));
  }

  @Override
  public boolean mayStandLater(PaymentIdentity identity, String exchange, Instant at) {
    if (identity.isUnknown() || !claims.isKept(identity.channel())) {
      return false;
    }
    // of the claims with its names the latest binds, so that one tells
    return switch (standing(identity)) {
      case Claiming.Granted(Optional<Standing> latest) ->
          latest
              .filter(each -> !each.exchange().equals(exchange) && !each.at().isBefore(at))
              .isPresent();
      case Claiming.Bound _, Claiming.Refused _, Claiming.Unconfirmed _ -> true;
    };
  }

  private Claiming asked(Question question, Function<List<Claim>, Claiming> telling) {
    if (isPaused()) {
      return unconfirmed(trouble, false);
    }
    try {
      if (!checked.get()) {
        if (!claims.check(fingerprint)) {
          return unconfirmed(paused(OTHER_KEY), false);
        }
        checked.set(true);
      }
      Claiming told = telling.apply(question.ask());
      trouble = "";
      return told;
    } catch (ClaimsUnanswered e) {
      // the answer to the commit may be all that was lost
      return unconfirmed(paused("the shared ledger can't be asked: " + e.getMessage()), true);
    }
  }

  private static Claiming told(Attempted attempted, boolean followReference, List<Claim> all) {
    List<Standing> others = new ArrayList<>();
    boolean granted = false;
    for (Claim each : all) {
      if (each.exchange().equals(attempted.exchange())) {
        granted = true;
      } else {
        others.add(standing(each));
      }
    }
    Claiming told = Payments.ruled(others, attempted, followReference);
    return granted || !(told instanceof Claiming.Granted)
        ? told
        : new Claiming.Unconfirmed("the claim was not there any more", false);
  }

  private static Claim claim(Attempted attempted) {
    return new Claim(
        attempted.exchange(),
        attempted.provider(),
        attempted.identity(),
        Money.IN_DOUBT,
        attempted.at());
  }

  private static Standing standing(Claim claim) {
    return new Standing(
        claim.exchange(), claim.provider(), claim.identity(), claim.money(), false, claim.at());
  }

  private String paused(String reason) {
    trouble = reason;
    pausedUntilNanos.set(nanos.getAsLong() + PAUSE.toNanos());
    return reason;
  }

  private Claiming unconfirmed(String reason, boolean perhaps) {
    unconfirmed.incrementAndGet();
    return new Claiming.Unconfirmed(reason, perhaps);
  }

  @Override
  public void release(String exchange) {
    if (waiting.incrementAndGet() <= MAX_RELEASES) {
      releases.add(exchange);
    } else {
      waiting.decrementAndGet();
    }
  }

  /// Takes back what was to be taken back. Called beside the calls, again and again.
  public void tend() {
    List<String> some = new ArrayList<>(releases);
    if (some.isEmpty()) {
      return;
    }
    try {
      claims.release(some);
      for (String each : some) {
        if (releases.remove(each)) {
          waiting.decrementAndGet();
        }
      }
    } catch (ClaimsUnanswered e) {
      trouble = "the shared ledger can't be asked: " + e.getMessage(); // the next time tries again
    }
  }

  /// What keeps payments from being claimed now; empty if nothing does.
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /// How many claims could not be confirmed.
  public long unconfirmed() {
    return unconfirmed.get();
  }

  /// Asks the database.
  @FunctionalInterface
  private interface Question {
    List<Claim> ask() throws ClaimsUnanswered;
  }
}
