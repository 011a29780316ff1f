package io.tollwatch.simulation;

import io.tollwatch.routing.RepeatRung;
import io.tollwatch.routing.Rung;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Each rung of the gate's ladder, and what else keeps payments at one provider, with the kind of
/// world in which its lack shows. Some rungs stand behind others, for the case that those fail:
/// they are taken away together, and without the others alone nothing shows.
final class BrokenLadder {

  private static final int SEEDS = 1000;

  private static final Weather DECLINES =
      Weather.of(Fault.NONE, Fault.DECLINED, Fault.DECLINED, Fault.DECLINED, Fault.SLOW_DECLINED);

  private static final Weather LOST = Weather.of(Fault.NONE, Fault.LOST_AFTER, Fault.LOST_AFTER);

  /// What only shows where several sidecars serve a channel: here is one.
  static final Set<Rung> ELSEWHERE = EnumSet.of(Rung.CLAIM);

  /// All others. Those that bound how often and how long a call goes on (decline, attempts,
  /// networks, deadline, budget), and those for what would not be understood elsewhere (movable,
  /// replayable), can't matter for P1: what they stop was surely not taken. Each shows by a sign of
  /// its own. Of the rungs for repeats those are not here that stand behind others: what passed
  /// through has no key that is told for sure, and nobody asks the gate where repeats are off.
  static final List<Broken> ALL =
      List.of(
          rung(
              Rung.PROGRESS,
              "taken at",
              Weather.of(Fault.NONE, Fault.LOST_AFTER, Fault.LATE, Fault.CUT)),
          rung(Rung.PASSED_ON, "two answers", Weather.of(Fault.NONE, Fault.DECLINED_STREAM)),
          rung(
              Rung.STATUS,
              "which has the money",
              Weather.of(Fault.NONE, Fault.FAILED_AFTER),
              Rung.REFUSED,
              Rung.FINAL,
              Rung.DECLINE),
          rung(Rung.REFUSED, "which has the money", Weather.of(Fault.NONE, Fault.PAGE), Rung.FINAL),
          rung(
              Rung.SHIPPED,
              "which has the money",
              Weather.of(Fault.NONE, Fault.DECLINED_HOUSE),
              Rung.FINAL),
          rung(Rung.FINAL, "which has the money", Weather.of(Fault.NONE, Fault.DECLINED_HELD)),
          rung(Rung.OPERATION, "an invoice", DECLINES.with(0, 90), Rung.FINAL),
          rung(Rung.DECLINE, "declines are answers", DECLINES),
          rung(
              Rung.MOVABLE,
              "the request's objects",
              Weather.of(Fault.NONE, Fault.REFUSED, Fault.DECLINED).with(0, 90)),
          rung(
              Rung.REPLAYABLE,
              "without the body",
              Weather.of(Fault.NONE, Fault.REFUSED, Fault.DECLINED).with(0, 90),
              Rung.MOVABLE),
          rung(Rung.IDENTITY, "without a name", DECLINES.crowded(4, 8)),
          rung(Rung.FREE, "taken at", DECLINES.crowded(4, 8)),
          rung(Rung.ATTEMPTS, "sent too often", Weather.of(Fault.REFUSED, Fault.DECLINED)),
          rung(Rung.NETWORKS, "for the networks", Weather.of(Fault.DECLINED).crowded(2, 60)),
          rung(Rung.DEADLINE, "after the deadline", Weather.of(Fault.SLOW_DECLINED)),
          rung(
              Rung.BUDGET,
              "than the budget",
              Weather.of(Fault.DECLINED).crowded(12, 40),
              Rung.NETWORKS),
          repeat(RepeatRung.LOST, "no answer was lost", Weather.of(Fault.NONE, Fault.DECLINED)),
          repeat(RepeatRung.PROVEN, "nothing proves", LOST),
          repeat(RepeatRung.KEYED, "without a key", LOST),
          repeat(
              RepeatRung.WINDOW,
              "taken at",
              Weather.of(Fault.NONE, Fault.NONE, Fault.NONE, Fault.LOST_AFTER).returning(12)),
          repeat(RepeatRung.ATTEMPTS, "itself, too often", LOST),
          repeat(RepeatRung.DEADLINE, "after the deadline", Weather.of(Fault.LOST_BEFORE)),
          new Broken(
              "a reconciler that believes at once that nothing was taken",
              "found not taken",
              Weather.of(Fault.NONE, Fault.LOST_AFTER, Fault.LATE),
              Mutation.hastyReconciler(),
              Mutation.none()),
          new Broken(
              "a cancel while the payment may still be on its way",
              "found not taken",
              Weather.of(Fault.NONE, Fault.LATE),
              Mutation.hastyCancels(),
              Mutation.none()),
          new Broken(
              "a register that does not hear of what was taken",
              "undone, yet known",
              Weather.of(Fault.NONE, Fault.LOST_AFTER),
              Mutation.deafRegister(),
              Mutation.none()),
          new Broken(
              "an index that is not rebuilt",
              "taken at",
              Weather.ANY.with(60, 0),
              Mutation.forgetfulIndex(),
              Mutation.none()),
          new Broken(
              "a move in two steps",
              "taken at",
              Weather.of(Fault.NONE, Fault.REFUSED, Fault.REFUSED).crowded(12, 6),
              Mutation.tornMoves(),
              Mutation.none()),
          new Broken(
              "a claim in two steps",
              "taken at",
              Weather.of(Fault.NONE, Fault.REFUSED).crowded(6, 8),
              Mutation.tornClaims(),
              Mutation.none()),
          new Broken(
              "what is said of a payment frees it while it runs",
              "taken at",
              Weather.of(Fault.NONE, Fault.SLOW).withHaste(),
              Mutation.heedlessIndex(),
              Mutation.none()),
          new Broken(
              "a follow-up that goes where it was guessed to",
              "a follow-up",
              Weather.of(Fault.NONE, Fault.REFUSED).with(60, 0).withFollowUps(),
              Mutation.guessedTakers(),
              Mutation.forgetfulIndex()));

  private BrokenLadder() {}

  /// Something that is missing.
  ///
  /// @param sign what is wrong then
  /// @param broken without it
  /// @param covered with it, but without what stands behind it
  record Broken(String name, String sign, Weather weather, Mutation broken, Mutation covered) {

    int seeds() {
      return SEEDS;
    }

    /// What is wrong in that way in one world. Moves beyond the budget are only looked for where
    /// its lack is.
    List<String> wrong(Simulation simulation, long seed) {
      World world = simulation.world(seed);
      if (name.equals(Rung.BUDGET.name())) {
        return Moves.exceedBudget(world) ? List.of("more moves than the budget has") : List.of();
      }
      return Findings.of(world).stream().filter(each -> each.contains(sign)).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Broken repeat(RepeatRung rung, String sign, Weather weather) {
    return new Broken("repeat " + rung, sign, weather, Mutation.without(rung), Mutation.none());
  }

  private static Broken rung(Rung rung, String sign, Weather weather, Rung... behind) {
    Set<Rung> others = EnumSet.noneOf(Rung.class);
    others.addAll(List.of(behind));
    Set<Rung> all = EnumSet.copyOf(others.isEmpty() ? Set.of(rung) : others);
    all.add(rung);
    return new Broken(rung.name(), sign, weather, Mutation.without(all), Mutation.without(others));
  }
}
