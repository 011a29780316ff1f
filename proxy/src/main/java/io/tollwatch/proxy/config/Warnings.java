package io.tollwatch.proxy.config;

import io.tollwatch.routing.Channel;
import java.util.List;

/// What is right in a configuration and yet hardly meant. Stateless.
public final class Warnings {

  private Warnings() {}

  /// One line each, for people.
  public static List<String> of(Configuration configuration) {
    return configuration.channels().values().stream()
        .filter(channel -> channel.sharing() == Channel.Sharing.FIRST_ONLY)
        .map(channel ->
            ("channel %s uses only its first provider, %s: several sidecars serve it (shared), and"
                    + " they share no ledger (set ledger.url)")
                .formatted(channel.name(), channel.first()))
        .toList();
  }
}
