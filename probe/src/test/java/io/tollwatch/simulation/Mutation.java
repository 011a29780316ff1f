package io.tollwatch.simulation;

import io.tollwatch.routing.BrokenRouting;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.Rung;
import java.util.Set;
import java.util.function.Function;

/// What is broken in the sidecar, to see the simulation fail.
///
/// @param payments makes an index that knows nothing; given what lets the others go on
/// @param absence how long the plain gateway's "not found" must be said before it is believed
/// @param rebuilt whether a new life learns from the ledger which payments stand
record Mutation(Gate gate, Function<Runnable, Payments> payments, String absence, boolean rebuilt) {

  static final String ABSENCE = "10m";

  /// Nothing is.
  static Mutation none() {
    return new Mutation(new Gate(), _ -> new Payments(), ABSENCE, true);
  }

  static Mutation without(Set<Rung> rungs) {
    return new Mutation(BrokenRouting.gateWithout(rungs), _ -> new Payments(), ABSENCE, true);
  }

  static Mutation tornMoves() {
    return new Mutation(new Gate(), BrokenRouting::tornPayments, ABSENCE, true);
  }

  static Mutation hastyReconciler() {
    return new Mutation(new Gate(), _ -> new Payments(), "1s", true);
  }

  static Mutation forgetfulIndex() {
    return new Mutation(new Gate(), _ -> new Payments(), ABSENCE, false);
  }
}
