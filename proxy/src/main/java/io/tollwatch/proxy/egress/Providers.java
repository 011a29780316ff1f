package io.tollwatch.proxy.egress;

import io.tollwatch.dispatch.Members;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.routing.Channel;
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
/// @param channels those in force, by name
public record Providers(
    Map<String, OnDemand> byName,
    Set<String> needToken,
    Map<String, String> incomplete,
    Map<String, Channel> channels) {

  public Providers {
    byName = Map.copyOf(new TreeMap<>(byName));
    needToken = Set.copyOf(needToken);
    incomplete = Map.copyOf(incomplete);
    channels = Map.copyOf(channels);
  }

  Optional<Provider> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(OnDemand::get);
  }

  Optional<Members> channel(String name) {
    return Optional.ofNullable(channels.get(name))
        .map(channel -> new Members(channel, this::member));
  }

  /// Configuration has seen to it that it is there.
  private Provider member(String name) {
    return find(name).orElseThrow();
  }

  /// Whether a channel may be called with the client token only: if one of its providers may.
  boolean needsToken(Channel channel) {
    return channel.providers().stream().anyMatch(needToken::contains);
  }

  Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /// Where the providers in force are found.
  @FunctionalInterface
  public interface InForce extends Supplier<Providers> {}
}
