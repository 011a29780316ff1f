package io.tollwatch.routing;

import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The index of payments: which attempts stand, that is, may have taken the money or still may, and
/// at which provider. It keeps a payment at one provider (P1): a claim is made in one step before
/// anything is sent, and of two at the same time one is the earlier. Thread-safe; in memory, and
/// rebuilt from the journal.
///
/// What is unsettled is never forgotten, so its number is bounded by what providers leave unsettled
/// only. Of what succeeded the latest [#REMEMBERED] are known.
///
/// Not final only so that a test can tear apart what happens here in one step.
public class Payments {

  /// How many payments that succeeded are remembered.
  public static final int REMEMBERED = 200_000;

  private final StandingAttempts standing = new StandingAttempts();
  private final Tries tries = new Tries();
  private final TakenBy takenBy = new TakenBy();
  private final Succeeded succeeded;
  private long forgotten;
  private volatile boolean ready;

  /// An index that knows nothing, and is not ready before [#rebuild].
  public Payments() {
    this(REMEMBERED);
  }

  Payments(int remembered) {
    this.succeeded = new Succeeded(remembered);
  }

  /// An index where nothing was before.
  public static Payments fresh() {
    Payments payments = new Payments();
    payments.ready = true;
    return payments;
  }

  /// Whether what earlier runs left is known: before that no channel may be used.
  public boolean isReady() {
    return ready;
  }

  /// Learns what earlier runs left, then is ready. Providers may be called by their names
  /// meanwhile.
  ///
  /// @param replay gives all entries of the journal, in order, some perhaps more than once
  public void rebuild(Consumer<Consumer<Entry>> replay) {
    Rebuild rebuild = new Rebuild(this);
    replay.accept(rebuild);
    rebuild.end();
    ready = true;
  }

  /// Takes note of an attempt of an earlier run: it is in doubt until its outcome is known.
  synchronized void known(Attempted attempted, Operation operation) {
    if (standing.get(attempted.exchange()).isEmpty() && !succeeded.knows(attempted.exchange())) {
      join(attempted, operation);
      standing
          .get(attempted.exchange())
          .ifPresent(attempt -> standing.put(attempt.ended(Money.IN_DOUBT)));
    }
  }

  /// The attempt that binds a payment, if one stands: the latest, one with the same key first.
  public synchronized Optional<Standing> standing(PaymentIdentity identity) {
    return binding(all(identity), identity);
  }

  /// Whether an attempt of a payment runs: its caller may still be told that it was taken.
  public synchronized boolean isUnderWay(PaymentIdentity identity) {
    return standing.of(identity).stream().anyMatch(Standing::running);
  }

  /// All attempts of a payment that stand.
  synchronized List<Standing> all(PaymentIdentity identity) {
    List<Standing> all = succeeded.of(identity);
    all.addAll(standing.of(identity));
    return all;
  }

  /// Claims a payment for a provider, in one step: nobody else can send it elsewhere until the
  /// attempt is settled as not taken.
  ///
  /// @param followReference whether a call with the reference of a standing attempt, but not its
  ///   key, may go where that one went
  public synchronized Claiming claim(
      Attempted attempted, Operation operation, boolean followReference) {
    Claiming ruled = ruled(all(attempted.identity()), attempted, followReference);
    if (ruled instanceof Claiming.Granted) {
      join(attempted, operation);
    }
    return ruled;
  }

  /// Whether an attempt may be made beside others of its payment that stand.
  static Claiming ruled(List<Standing> others, Attempted attempted, boolean followReference) {
    Optional<Standing> binding = binding(others, attempted.identity());
    if (binding.isPresent()) {
      Standing earlier = binding.get();
      if (!earlier.hasKeyOf(attempted.identity()) && !followReference) {
        return new Claiming.Refused(
            earlier, "an earlier payment with the same merchant reference stands");
      }
      if (others.stream().anyMatch(each -> !each.provider().equals(earlier.provider()))) {
        return new Claiming.Refused(earlier, "attempts of this payment stand at several providers");
      }
      if (!earlier.provider().equals(attempted.provider())) {
        return new Claiming.Bound(earlier);
      }
    }
    return new Claiming.Granted(binding);
  }

  /// Takes note of an attempt that goes to its provider whatever stands elsewhere: its caller named
  /// the provider.
  public synchronized void join(Attempted attempted, Operation operation) {
    takenBy.attempted(attempted, operation);
    if (!attempted.identity().isUnknown()) {
      standing.put(Standing.begun(attempted));
    }
  }

  /// Another call's attempt of the same payment that stands, if there is one.
  public synchronized Optional<Standing> rival(String exchange, PaymentIdentity identity) {
    return all(identity).stream()
        .filter(each -> !each.exchange().equals(exchange))
        .max(Comparator.comparing(Standing::at));
  }

  /// Moves a claim to another provider, in one step, as the next attempt of the same call.
  ///
  /// @param exchange the attempt before
  /// @param money what that came to: surely not taken
  /// @return the attempt of another call that is in the way; empty if it was moved
  public synchronized Optional<Standing> move(
      String exchange, Money money, Attempted next, Operation operation) {
    Optional<Standing> rival = rival(exchange, next.identity());
    if (rival.isEmpty()) {
      settle(exchange, money, Optional.empty());
      join(next, operation);
    }
    return rival;
  }

  /// Says what an attempt came to. One that was surely not taken stands no longer.
  ///
  /// @param payment the gateway's id of the payment
  public synchronized void settle(String exchange, Money money, Optional<String> payment) {
    boolean kept = takes(money);
    takenBy.settled(exchange, kept, payment);
    standing
        .get(exchange)
        .ifPresent(attempt -> {
          if (money != Money.NOT_SENT) {
            tries.count(attempt.identity(), attempt.at());
          }
          conclude(attempt, money);
        });
  }

  /// A doubt was settled. Of an attempt that still runs its own answer speaks.
  public synchronized void resolved(Resolution resolution) {
    standing
        .get(resolution.exchange())
        .filter(attempt -> !attempt.running())
        .ifPresent(attempt -> conclude(attempt, resolution.money()));
  }

  private void conclude(Standing attempt, Money money) {
    if (money != Money.SUCCEEDED && takes(money)) {
      standing.put(attempt.ended(money));
      return;
    }
    standing.remove(attempt.exchange());
    if (money == Money.SUCCEEDED) {
      forgotten += succeeded.add(attempt.ended(money)).isPresent() ? 1 : 0;
    }
  }

  /// Whether nothing may have been taken with a payment's key but by those attempts, as far as the
  /// journal tells. What was forgotten may have had any key.
  public synchronized boolean isFirstWithKey(PaymentIdentity identity, Set<String> own) {
    return forgotten == 0
        && all(identity).stream()
            .filter(each -> each.hasKeyOf(identity))
            .allMatch(each -> own.contains(each.exchange()));
  }

  /// How often a payment was attempted since that time, as far as is known.
  public synchronized int triesSince(PaymentIdentity identity, Instant since) {
    return tries.since(identity, since);
  }

  /// The provider that took a payment, by the gateway's id of it.
  public synchronized Optional<String> takerOf(String channel, String payment) {
    return takenBy.payment(channel, payment);
  }

  /// The provider that took a payment, by the fingerprint of its merchant reference.
  public synchronized Optional<String> takerOf(PaymentIdentity reference) {
    return standing(reference).map(Standing::provider);
  }

  /// How many attempts stand.
  public synchronized int size() {
    return standing.size() + succeeded.size();
  }

  /// How many payments that succeeded were forgotten because there were more than are remembered.
  public synchronized long forgotten() {
    return forgotten;
  }

  static Optional<Standing> binding(List<Standing> all, PaymentIdentity identity) {
    return all.stream()
        .max(
            Comparator.comparing((Standing each) -> each.hasKeyOf(identity))
                .thenComparing(Standing::at));
  }

  private static boolean takes(Money money) {
    return switch (money) {
      case IN_DOUBT, PENDING, SUCCEEDED -> true;
      case REJECTED, NOT_SENT, NONE -> false;
    };
  }
}
