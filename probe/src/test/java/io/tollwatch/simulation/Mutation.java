package io.tollwatch.simulation;

import io.tollwatch.routing.BrokenRouting;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Rung;
import java.util.Set;

/// What is broken in the sidecar, to see the simulation fail.
///
/// @param absence how long the plain gateway's "not found" must be said before it is believed
/// @param rebuilt whether a new life learns from the ledger which payments stand
record Mutation(Gate gate, String absence, boolean rebuilt) {

  private static final String ABSENCE = "10m";

  /// Nothing is.
  static Mutation none() {
    return new Mutation(new Gate(), ABSENCE, true);
  }

  static Mutation without(Set<Rung> rungs) {
    return new Mutation(BrokenRouting.gateWithout(rungs), ABSENCE, true);
  }

  static Mutation hastyReconciler() {
    return new Mutation(new Gate(), "1s", true);
  }

  static Mutation forgetfulIndex() {
    return new Mutation(new Gate(), ABSENCE, false);
  }
}
