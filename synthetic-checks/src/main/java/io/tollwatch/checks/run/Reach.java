package io.tollwatch.checks.run;

import io.tollwatch.routing.Channel;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a check can reach: one provider, or a channel with its providers. Immutable; its gateways
/// are thread-safe.
///
/// @param channel where the steps go; empty where they go to the one provider
/// @param gateways by their providers' names, at least one, the first choice first
public record Reach(Optional<Channel> channel, Map<String, Gateway> gateways) {

  public Reach {
    if (gateways.isEmpty()) {
      throw new IllegalArgumentException("no gateway");
    }
    gateways = Collections.unmodifiableMap(new LinkedHashMap<>(gateways));
  }

  /// One provider.
  public static Reach of(Gateway gateway) {
    return new Reach(Optional.empty(), Map.of(gateway.provider().name(), gateway));
  }

  /// A channel.
  ///
  /// @param members a gateway for each of its providers
  public static Reach through(Channel channel, List<Gateway> members) {
    Map<String, Gateway> gateways = new LinkedHashMap<>();
    members.forEach(each -> gateways.put(each.provider().name(), each));
    return new Reach(Optional.of(channel), gateways);
  }

  /// Together with providers that have money of earlier runs.
  public Reach with(Reach other) {
    Map<String, Gateway> more = new LinkedHashMap<>(gateways);
    other.gateways().forEach(more::putIfAbsent);
    return new Reach(channel, more);
  }

  /// The one gateway, or the channel's first choice. Those of a channel speak the same API.
  Gateway first() {
    return gateways.values().iterator().next();
  }

  /// The gateway of a provider.
  Optional<Gateway> at(String provider) {
    return Optional.ofNullable(gateways.get(provider));
  }

  /// Whether money of its runs may be there: a channel's may be at a provider that it had before.
  public boolean covers(String provider) {
    return channel.isPresent() || gateways.containsKey(provider);
  }

  /// The gateway of a provider of the channel, which has one for each.
  Gateway member(String provider) {
    return at(provider).orElseThrow();
  }

  /// Whether nothing can have been sent of money that the register has there: a channel had chosen
  /// no provider for it.
  boolean isUnsent(String provider) {
    return channel.filter(known -> known.name().equals(provider)).isPresent();
  }

  /// Whose test money counts together.
  Set<String> capped() {
    Set<String> names = new HashSet<>(gateways.keySet());
    channel.ifPresent(known -> names.add(known.name()));
    return names;
  }
}
