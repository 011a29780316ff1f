package io.tollwatch.simulation;

import io.tollwatch.exchange.Resolution;
import io.tollwatch.routing.BrokenRouting;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.Rung;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What is broken in the sidecar, to see the simulation fail.
///
/// @param index makes an index that knows nothing; given what lets the others go on
/// @param absence how long the plain gateway's "not found" must be said before it is believed
/// @param rebuilt whether a new life learns from the ledger which payments stand
/// @param heedless whether what is said of a payment frees it although it still runs
/// @param guess where follow-ups go of whose payments the index knows nothing; empty to ask the
///   ledger
record Mutation(
    Gate gate,
    Function<Runnable, Payments> index,
    String absence,
    boolean rebuilt,
    boolean heedless,
    Optional<Function<Channel, String>> guess) {

  private static final String ABSENCE = "10m";

  private static final Mutation NONE =
      new Mutation(new Gate(), _ -> new Payments(), ABSENCE, true, false, Optional.empty());

  /// Nothing is.
  static Mutation none() {
    return NONE;
  }

  static Mutation without(Set<Rung> rungs) {
    return new Mutation(
        BrokenRouting.gateWithout(rungs), NONE.index, ABSENCE, true, false, NONE.guess);
  }

  static Mutation tornMoves() {
    return new Mutation(NONE.gate, BrokenRouting::tornMoves, ABSENCE, true, false, NONE.guess);
  }

  static Mutation tornClaims() {
    return new Mutation(NONE.gate, BrokenRouting::tornClaims, ABSENCE, true, false, NONE.guess);
  }

  static Mutation hastyReconciler() {
    return new Mutation(NONE.gate, NONE.index, "1s", true, false, NONE.guess);
  }

  static Mutation forgetfulIndex() {
    return new Mutation(NONE.gate, NONE.index, ABSENCE, false, false, NONE.guess);
  }

  static Mutation heedlessIndex() {
    return new Mutation(NONE.gate, NONE.index, ABSENCE, true, true, NONE.guess);
  }

  static Mutation guessedTakers() {
    return new Mutation(NONE.gate, NONE.index, ABSENCE, false, false, Optional.of(Channel::first));
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
