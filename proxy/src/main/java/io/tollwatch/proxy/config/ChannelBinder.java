package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Channel.SameReference;
import io.tollwatch.routing.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the entries of `channels`. Confined to one reading.
final class ChannelBinder {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MAX_ATTEMPTS = 2;
  private static final int RETRY_PERCENT = 20;

  SortedMap<String, Channel> bind(Section all) {
    SortedMap<String, Channel> channels = new TreeMap<>();
    for (String name : all.keys()) {
      Section section = all.section(name);
      List<String> providers = section.texts("providers", List.of());
      if (!providers.isEmpty()) { // the schema has told of an empty list
        channels.put(name, channel(name, section, providers));
      }
    }
    return channels;
  }

  private static Channel channel(String name, Section section, List<String> providers) {
    return new Channel(
        name,
        providers,
        strategy(section, providers),
        section.duration("deadline", DEADLINE),
        section.integer("max-attempts", MAX_ATTEMPTS),
        section.text("retry-budget").map(ChannelBinder::percent).orElse(RETRY_PERCENT) / 100.0,
        section.flag("require-identity", false),
        section.flag("fail-over-declines", false),
        section.choice("same-reference", SameReference.class, SameReference.REFUSE));
  }

  private static Strategy strategy(Section section, List<String> providers) {
    String word = section.text("strategy").orElse("ordered");
    if (word.equals("ordered")) {
      if (section.has("weights")) {
        section.wrong(
            "weights", " mean nothing where the strategy is ordered", "set strategy: weighted");
      }
      return new Strategy.Ordered();
    }
    Map<String, Integer> weights = weights(section.section("weights"), providers);
    boolean someone = providers.stream().anyMatch(each -> weights.getOrDefault(each, 1) > 0);
    if (!someone) {
      section.wrong("weights", " are all 0, so nobody is ever chosen", "give one provider more");
    }
    return word.equals("sticky") ? new Strategy.Sticky(weights) : new Strategy.Weighted(weights);
  }

  private static Map<String, Integer> weights(Section section, List<String> providers) {
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

  /// The schema has seen to it that it is a number and a percent sign.
  private static int percent(String text) {
    String number = text.replace("%", "").strip();
    return number.matches("\\d{1,3}") ? Integer.parseInt(number) : RETRY_PERCENT;
  }
}
