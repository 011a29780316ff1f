package io.tollwatch.routing;

import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.Optional;
import java.util.Set;

/// Makes gates and indexes that lack something, to show what it is there for. Stateless.
public final class BrokenRouting {

  private BrokenRouting() {}

  /// A gate without some of its rungs.
  public static Gate gateWithout(Set<Rung> rungs) {
    return Gate.without(rungs);
  }

  /// A gate without one of its rungs for repeats.
  public static Gate gateWithoutRepeat(RepeatRung rung) {
    return Gate.withoutRepeat(rung);
  }

  /// An index that moves a payment in two steps.
  ///
  /// @param between what happens between them
  public static Payments tornMoves(Runnable between) {
    return new Payments() {
      @Override
      @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what is broken
      public Optional<Standing> move(
          String exchange, Money money, Attempted next, Operation operation) {
        Optional<Standing> rival = rival(exchange, next.identity());
        if (rival.isEmpty()) {
          settle(exchange, money, Optional.empty());
          between.run();
          join(next, operation);
        }
        return rival;
      }
    };
  }

  /// An index that looks whether a payment is free, and claims it in a second step.
  ///
  /// @param between what happens between them
  public static Payments tornClaims(Runnable between) {
    return new Payments() {
      @Override
      @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what is broken
      public Claiming claim(Attempted attempted, Operation operation, boolean followReference) {
        if (standing(attempted.identity()).isPresent()) {
          return super.claim(attempted, operation, followReference);
        }
        between.run();
        join(attempted, operation);
        return new Claiming.Granted(Optional.empty());
      }
    };
  }
}
