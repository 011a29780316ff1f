package io.tollwatch.checks.script;

import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/// The providers and channels that checks may call. Thread-safe as far as its parts are.
///
/// @param names of all providers
/// @param byName gives each of them
/// @param channels the names of each channel's providers, the first choice first
public record Entries(
    SortedSet<String> names,
    Function<String, Optional<Entry>> byName,
    SortedMap<String, List<String>> channels) {

  /// Without channels.
  public Entries(SortedSet<String> names, Function<String, Optional<Entry>> byName) {
    this(names, byName, new TreeMap<>());
  }

  /// What a check can reach, by the providers' names, the first choice first; empty where it names
  /// nothing that is there, which is told.
  Map<String, Entry> reached(Section check) {
    Optional<String> provider = check.text("provider");
    Optional<String> channel = check.text("channel");
    if (provider.isPresent() == channel.isPresent()) {
      return Map.of(); // the schema has told
    }
    return provider.isPresent()
        ? provider(check, provider.get())
        : channel(check, channel.orElseThrow());
  }

  private Map<String, Entry> provider(Section check, String name) {
    Optional<Entry> entry = byName.apply(name);
    if (entry.isEmpty()) {
      check.wrong("provider", " names no provider", hint(name, "providers", names));
    }
    return entry.map(known -> Map.of(name, known)).orElseGet(Map::of);
  }

  private Map<String, Entry> channel(Section check, String name) {
    Map<String, Entry> members = new LinkedHashMap<>();
    channels
        .getOrDefault(name, List.of())
        .forEach(each -> byName.apply(each).ifPresent(entry -> members.put(each, entry)));
    if (!channels.containsKey(name)) {
      check.wrong(
          "channel",
          " names no channel",
          channels.isEmpty()
              ? "name a provider, or add the channel to the configuration"
              : hint(name, "channels", channels.keySet()));
    }
    return members;
  }

  private static String hint(String name, String what, Set<String> known) {
    return Shown.nearest(name, known)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse("the " + what + " are " + String.join(", ", known));
  }
}
