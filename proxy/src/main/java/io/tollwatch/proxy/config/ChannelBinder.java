package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Channel.SameReference;
import io.tollwatch.routing.Strategy;
import java.time.Duration;
import java.util.List;
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
        new Strategy.Ordered(), // the schema knows no other
        section.duration("deadline", DEADLINE),
        section.integer("max-attempts", MAX_ATTEMPTS),
        section.text("retry-budget").map(ChannelBinder::percent).orElse(RETRY_PERCENT) / 100.0,
        section.flag("require-identity", false),
        section.flag("fail-over-declines", false),
        section.choice("same-reference", SameReference.class, SameReference.REFUSE));
  }

  /// The schema has seen to it that it is a number and a percent sign.
  private static int percent(String text) {
    String number = text.replace("%", "").strip();
    return number.matches("\\d{1,3}") ? Integer.parseInt(number) : RETRY_PERCENT;
  }
}
