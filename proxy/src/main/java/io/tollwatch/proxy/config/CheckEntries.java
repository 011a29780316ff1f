package io.tollwatch.proxy.config;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.script.Entries;
import io.tollwatch.checks.script.Entry;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What checks may call, by a configuration. Stateless.
public final class CheckEntries {

  private CheckEntries() {}

  /// The configured providers and channels, as scripts are checked against them.
  public static Entries of(Configuration configuration) {
    return new Entries(
        new TreeSet<>(configuration.providers().keySet()),
        name ->
            Optional.ofNullable(configuration.providers().get(name))
                .map(provider -> entry(configuration, provider)),
        channels(configuration));
  }

  private static SortedMap<String, List<String>> channels(Configuration configuration) {
    SortedMap<String, List<String>> channels = new TreeMap<>();
    configuration.channels().forEach((name, channel) -> channels.put(name, channel.providers()));
    return channels;
  }

  private static Entry entry(Configuration configuration, ProviderConfig provider) {
    return new Entry(
        configuration.profiles().byName(provider.profile()),
        Optional.ofNullable(provider.url().getHost()).orElse(""),
        new Fields(
            provider.headers().stream()
                .map(header -> new Field(header.name(), header.value()))
                .toList()),
        configuration.webhooks().isPresent());
  }
}
