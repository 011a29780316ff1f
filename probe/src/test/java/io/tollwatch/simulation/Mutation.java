package io.tollwatch.simulation;

import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.routing.BrokenRouting;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RepeatRung;
import io.tollwatch.routing.Rung;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What is broken in the sidecar, to see the simulation fail. Immutable.
///
/// @param index makes an index that knows nothing; given what lets the others go on
/// @param absence how long the plain gateway's "not found" must be said before it is believed
/// @param rebuilt whether a new life learns from the ledger which payments stand
/// @param heedless whether what is said of a payment frees it although it still runs
/// @param guess where follow-ups go of whose payments the index knows nothing; empty to ask the
///   ledger
/// @param cancelAfter how long after its call a payment in doubt is cancelled
/// @param deaf whether the register of doubts does not hear of what was taken
record Mutation(
    Gate gate,
    Function<Runnable, Payments> index,
    String absence,
    boolean rebuilt,
    boolean heedless,
    Optional<Function<Channel, String>> guess,
    Duration cancelAfter,
    boolean deaf) {

  private static final Mutation NONE =
      new Mutation(
          new Gate(),
          _ -> new Payments(),
          "10m",
          true,
          false,
          Optional.empty(),
          Duration.ofMinutes(15),
          false);

  /// Nothing is.
  static Mutation none() {
    return NONE;
  }

  static Mutation without(Set<Rung> rungs) {
    return NONE.with(BrokenRouting.gateWithout(rungs));
  }

  static Mutation without(RepeatRung rung) {
    return NONE.with(BrokenRouting.gateWithoutRepeat(rung));
  }

  static Mutation tornMoves() {
    return NONE.with(BrokenRouting::tornMoves);
  }

  static Mutation tornClaims() {
    return NONE.with(BrokenRouting::tornClaims);
  }

  static Mutation hastyReconciler() {
    return NONE.with("1s", NONE.cancelAfter, false);
  }

  static Mutation hastyCancels() {
    return NONE.with(NONE.absence, Duration.ZERO, false);
  }

  static Mutation deafRegister() {
    return NONE.with(NONE.absence, NONE.cancelAfter, true);
  }

  static Mutation forgetfulIndex() {
    return NONE.with(false, false, NONE.guess);
  }

  static Mutation heedlessIndex() {
    return NONE.with(true, true, NONE.guess);
  }

  static Mutation guessedTakers() {
    return NONE.with(false, false, Optional.of(Channel::first));
  }

  private Mutation with(Gate other) {
    return new Mutation(other, index, absence, rebuilt, heedless, guess, cancelAfter, deaf);
  }

  private Mutation with(Function<Runnable, Payments> other) {
    return new Mutation(gate, other, absence, rebuilt, heedless, guess, cancelAfter, deaf);
  }

  private Mutation with(String believed, Duration cancels, boolean isDeaf) {
    return new Mutation(gate, index, believed, rebuilt, heedless, guess, cancels, isDeaf);
  }

  private Mutation with(
      boolean isRebuilt, boolean isHeedless, Optional<Function<Channel, String>> guessed) {
    return new Mutation(gate, index, absence, isRebuilt, isHeedless, guessed, cancelAfter, deaf);
  }

  /// What the register of doubts hears of calls that ended.
  Observer heard(Doubts doubts) {
    return deaf
        ? (intent, outcome) -> {
          if (outcome.verdict().money() != Money.SUCCEEDED) {
            doubts.settled(intent, outcome);
          }
        }
        : doubts;
  }

  /// What an index does that is told of a resolution.
  void resolved(Payments payments, Resolution resolution) {
    if (heedless) {
      payments.settle(resolution.exchange(), resolution.money(), Optional.empty());
    } else {
      payments.resolved(resolution);
    }
  }
}
