package io.tollwatch.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with how a call went from one provider to the next. Stateless.
final class Moves {

  /// Card networks' strictest limit, and what may be under way when it is reached.
  private static final int TRIES = 15 + 2;

  private Moves() {}

  static List<String> wrong(Call call, List<Call> all) {
    List<String> wrong = new ArrayList<>();
    for (int i = 1; i < call.legs.size(); i++) {
      for (String each : wrong(call, call.legs.get(i - 1), call.legs.get(i), all)) {
        wrong.add("moved from %s, %s: %s".formatted(call.legs.get(i - 1).fault, each, call));
      }
    }
    if (call.legs.stream().map(leg -> leg.gateway).distinct().count()
        > Math.max(1, call.channel.maxAttempts())) {
      wrong.add("sent too often: " + call);
    }
    if (call.streams > 1 || (call.streams == 1 && call.legs.size() > call.legsAtStream)) {
      wrong.add("two answers for one call: " + call);
    }
    return wrong;
  }

  private static List<String> wrong(Call call, Call.Leg from, Call.Leg to, List<Call> all) {
    List<String> wrong = new ArrayList<>();
    add(wrong, !to.whole, "without the body");
    add(
        wrong,
        to.sentNanos - call.beganNanos >= call.channel.deadline().toNanos(),
        "after the deadline");
    if (to.again) {
      again(wrong, call, from);
    } else {
      elsewhere(wrong, call, from, to, all);
    }
    return wrong;
  }

  /// A repeat at the same gateway.
  private static void again(List<String> wrong, Call call, Call.Leg from) {
    boolean lost = !from.answered && from.fault != Fault.REFUSED;
    add(wrong, !call.channel.repeat(), "to itself, although nobody wanted it");
    add(wrong, !lost, "to itself, although no answer was lost");
    add(wrong, from.gateway.plain, "to itself, where nothing proves that harmless");
    add(wrong, call.wish.key().isEmpty(), "to itself, without a key");
    add(wrong, call.legs.indexOf(from) + 1 >= call.channel.maxAttempts(), "to itself, too often");
  }

  private static void elsewhere(
      List<String> wrong, Call call, Call.Leg from, Call.Leg to, List<Call> all) {
    Charge charge = from.charge;
    add(wrong, charge != null && (charge.wasTaken() || charge.isHeld()), "which has the money");
    add(wrong, from.answered && call.wish.invoice(), "which tries an invoice again itself");
    add(wrong, from.answered && !call.channel.failOverDeclines(), "although declines are answers");
    add(wrong, call.wish.customer(), "where the request's objects are");
    add(wrong, from.answered && call.wish.isAnonymous(), "without a name");
    add(wrong, from.answered && tries(call, to, all) >= TRIES, "too often for the networks");
  }

  private static long tries(Call call, Call.Leg to, List<Call> all) {
    return all.stream()
        .filter(each -> each.wish.isRepeatOf(call.wish))
        .flatMap(each -> each.legs.stream())
        .filter(each -> each.answered && each.sentTick < to.claimTick)
        .count();
  }

  private static void add(List<String> wrong, boolean isWrong, String what) {
    if (isWrong) {
      wrong.add(what);
    }
  }

  /// Whether more calls were moved within one second than the budget has, and those that were under
  /// way.
  static boolean exceedBudget(World world) {
    long underWay = world.clients();
    return world.calls.stream()
        .flatMap(call -> call.legs.stream().skip(1))
        .mapToLong(leg -> leg.sentNanos / 1_000_000_000)
        .boxed()
        .collect(Collectors.groupingBy(second -> second, Collectors.counting()))
        .values()
        .stream()
        .anyMatch(moves -> moves > 10 + underWay);
  }
}
