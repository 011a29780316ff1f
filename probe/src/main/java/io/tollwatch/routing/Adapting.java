package io.tollwatch.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// Puts providers in the order of what they came to of late: the share of calls that went well,
/// less what their time costs. Those that are as good as the best, within [#NOISE], stand as they
/// are configured. Confined to one call.
final class Adapting {

  /// A difference of a percentage point is none.
  static final double NOISE = 0.01;

  /// So many calls of the channel's average are added to each provider's: what five calls came to
  /// says little.
  static final int AVERAGE_CALLS = 20;

  private final List<String> providers;
  private final Map<String, Double> scores = new HashMap<>();

  Adapting(List<String> providers, Strategy.Adaptive strategy, Strategy.Recent recent) {
    this.providers = providers;
    Map<String, Results> results = new HashMap<>();
    Results all = Results.NONE;
    for (String provider : providers) {
      Results own = recent.of(provider, strategy.window());
      results.put(provider, own);
      all = all.plus(own);
    }
    double rate = all.rate(1, 1);
    double seconds = all.meanSeconds(0, 1);
    results.forEach((provider, own) ->
        scores.put(
            provider,
            own.lenient().rate(rate, AVERAGE_CALLS)
                - strategy.secondCosts() * own.meanSeconds(seconds, AVERAGE_CALLS)));
  }

  /// The best first.
  List<String> ranked() {
    List<String> ranked = new ArrayList<>(providers);
    ranked.sort(Comparator.comparingDouble(this::score).reversed());
    if (ranked.isEmpty()) {
      return ranked;
    }
    double best = score(ranked.getFirst());
    providers.stream()
        .filter(each -> score(each) >= best - NOISE)
        .findFirst()
        .ifPresent(first -> toFront(first, ranked));
    return ranked;
  }

  /// The best first, but for that share of calls, which one of the others gets by chance: else
  /// nobody would see that it is well again.
  List<String> explored(double share, DoubleSupplier random) {
    List<String> ranked = ranked();
    if (ranked.size() > 1 && random.getAsDouble() < share) {
      int other = 1 + (int) (random.getAsDouble() * (ranked.size() - 1));
      toFront(ranked.get(other), ranked);
    }
    return ranked;
  }

  private double score(String provider) {
    return scores.getOrDefault(provider, 0.0);
  }

  private static void toFront(String provider, List<String> ranked) {
    ranked.remove(provider);
    ranked.addFirst(provider);
  }
}
