package io.tollwatch.proxy.egress;

import io.tollwatch.dispatch.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The providers in force, by name. Immutable: a reload puts another one in its place, and calls in
/// flight keep theirs.
///
/// @param byName all of them
/// @param needToken names of those that may be called with the client token only
/// @param incomplete built-in ones that can't be called before they are configured, with a sentence
///   on what is missing
public record Providers(
    Map<String, OnDemand> byName, Set<String> needToken, Map<String, String> incomplete) {

  public Providers {
    byName = Map.copyOf(new TreeMap<>(byName));
    needToken = Set.copyOf(needToken);
    incomplete = Map.copyOf(incomplete);
  }

  Optional<Provider> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(OnDemand::get);
  }

  Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /// Where the providers in force are found.
  @FunctionalInterface
  public interface InForce extends Supplier<Providers> {}
}
