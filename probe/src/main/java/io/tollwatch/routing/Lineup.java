package io.tollwatch.routing;

import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.MemberState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who of a channel comes into question for a new payment. Immutable.
///
/// @param left the others, in the configured order
/// @param canaries those of them that get a share only, with its percentage
/// @param dropped those that do not come into question, with the reason
record Lineup(List<String> left, Map<String, Integer> canaries, List<Decision> dropped) {

  static Lineup of(List<MemberStanding> standings) {
    List<String> left = new ArrayList<>(standings.size());
    Map<String, Integer> canaries = new LinkedHashMap<>();
    List<Decision> dropped = new ArrayList<>();
    for (MemberStanding each : standings) {
      if (each.maintenance().isPresent()) {
        dropped.add(skipped(each.provider(), each.maintenance().get()));
      } else if (each.state() == MemberState.DRAINED) {
        dropped.add(skipped(each.provider(), "drained: " + each.reason()));
      } else {
        left.add(each.provider());
        if (each.state() == MemberState.CANARY) {
          canaries.put(each.provider(), each.share());
        }
      }
    }
    return new Lineup(left, canaries, dropped);
  }

  private static Decision skipped(String provider, String reason) {
    return new Decision(Decision.Kind.SKIPPED, provider, reason);
  }

  /// Puts each canary first for its share of calls, and last for all others: there it still takes
  /// what nobody else can.
  ///
  /// @param order that the strategy gave
  List<String> placed(List<String> order, Strategy.Lot lot) {
    if (canaries.isEmpty()) {
      return order;
    }
    List<String> placed = new ArrayList<>(order);
    canaries.forEach((canary, share) -> {
      placed.remove(canary);
      if (lot.draw(canary) * 100 < share) {
        placed.addFirst(canary);
      } else {
        placed.addLast(canary);
      }
    });
    return placed;
  }

  /// Why a provider is chosen, where the others would be told that reason.
  String reason(String provider, String otherwise) {
    Integer share = canaries.get(provider);
    return share == null ? otherwise : otherwise + ", as a canary with " + share + "% of traffic";
  }
}
