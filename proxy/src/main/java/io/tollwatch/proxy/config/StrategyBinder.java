package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.routing.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads how a channel chooses among its providers. Each strategy has settings of its own; those of
/// another one are a mistake.
final class StrategyBinder {

  private static final int EXPLORATION_PERCENT = 5;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int SECOND_COSTS_PERCENT = 1;

  private StrategyBinder() {}

  /// @param section the channel's
  static Strategy bind(Section section, List<String> providers) {
    String word = section.text("strategy").orElse("ordered");
    if (section.has("adaptive") && !word.equals("adaptive")) {
      section.wrong(
          "adaptive",
          " means nothing where the strategy is " + word,
          "set strategy: adaptive, or leave it out");
    }
    return switch (word) {
      case "weighted" -> new Strategy.Weighted(weights(section, providers));
      case "sticky" -> new Strategy.Sticky(weights(section, providers));
      case "adaptive" -> {
        noWeights(section, word);
        yield adaptive(section.section("adaptive"));
      }
      default -> {
        noWeights(section, word);
        yield new Strategy.Ordered();
      }
    };
  }

  private static void noWeights(Section section, String word) {
    if (section.has("weights")) {
      section.wrong(
          "weights", " mean nothing where the strategy is " + word, "set strategy: weighted");
    }
  }

  private static Strategy adaptive(Section section) {
    return new Strategy.Adaptive(
        Percent.of(section, "exploration", EXPLORATION_PERCENT) / 100.0,
        section.duration("window", WINDOW),
        Percent.of(section, "second-costs", SECOND_COSTS_PERCENT) / 100.0);
  }

  private static Map<String, Integer> weights(Section section, List<String> providers) {
    Map<String, Integer> weights = named(section.section("weights"), providers);
    boolean someone = providers.stream().anyMatch(each -> weights.getOrDefault(each, 1) > 0);
    if (!someone) {
      section.wrong("weights", " are all 0, so nobody is ever chosen", "give one provider more");
    }
    return weights;
  }

  private static Map<String, Integer> named(Section section, List<String> providers) {
    Map<String, Integer> weights = new HashMap<>();
    for (String name : section.keys()) {
      if (!providers.contains(name)) {
        section.wrongKey(
            name, " is no provider of the channel", "name one of " + String.join(", ", providers));
      }
      weights.put(name, section.integer(name, 1));
    }
    return weights;
  }
}
