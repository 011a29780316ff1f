package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Channel.SameReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the entries of `channels`. Confined to one reading.
final class ChannelBinder {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MAX_ATTEMPTS = 2;
  private static final int RETRY_PERCENT = 20;

  private final boolean sharedLedger;

  /// @param sharedLedger whether the ledger is one that several sidecars can share
  ChannelBinder(boolean sharedLedger) {
    this.sharedLedger = sharedLedger;
  }

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

  private Channel channel(String name, Section section, List<String> providers) {
    return new Channel(
        name,
        providers,
        StrategyBinder.bind(section, providers),
        section.duration("deadline", DEADLINE),
        section.integer("max-attempts", MAX_ATTEMPTS),
        Percent.of(section, "retry-budget", RETRY_PERCENT) / 100.0,
        section.flag("require-identity", false),
        section.flag("fail-over-declines", false),
        section.choice("same-reference", SameReference.class, SameReference.REFUSE),
        section.flag("repeat", false),
        sharing(section),
        drained(section, providers),
        CanaryBinder.bind(section.section("canary")));
  }

  private Channel.Sharing sharing(Section section) {
    WithoutClaims without =
        section.choice("without-claims", WithoutClaims.class, WithoutClaims.REFUSE);
    if (!section.flag("shared", false)) {
      if (section.has("without-claims")) {
        section.wrongKey(
            "without-claims",
            " is for a channel that several sidecars serve",
            "set shared: true, or remove it");
      }
      return Channel.Sharing.ALONE;
    }
    if (!sharedLedger) {
      return Channel.Sharing.FIRST_ONLY;
    }
    return without == WithoutClaims.FIRST
        ? Channel.Sharing.CLAIMS_OR_FIRST
        : Channel.Sharing.CLAIMS;
  }

  /// What happens to payments while the shared ledger can't be asked.
  private enum WithoutClaims {
    REFUSE,
    FIRST
  }

  private static Set<String> drained(Section section, List<String> providers) {
    List<String> drained = section.texts("drained", List.of());
    for (int i = 0; i < drained.size(); i++) {
      if (!providers.contains(drained.get(i))) {
        section.wrong(
            section.at("drained").appendIndex(i),
            " is no provider of the channel",
            "name one of " + String.join(", ", providers));
      }
    }
    return Set.copyOf(drained);
  }
}
