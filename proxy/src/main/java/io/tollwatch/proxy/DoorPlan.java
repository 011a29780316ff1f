package io.tollwatch.proxy;

import io.tollwatch.proxy.config.AddressRange;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.ProviderListener;
import io.tollwatch.proxy.config.Secret;
import io.tollwatch.proxy.config.TrustAnchors;
import io.tollwatch.proxy.egress.Admission;
import io.tollwatch.proxy.egress.EgressListener;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a listener shall be, from the configuration. Immutable.
///
/// @param provider the only provider it leads to; empty for the shared one
/// @param clients authorities that sign callers' certificates
record DoorPlan(
    Optional<String> provider,
    InetSocketAddress address,
    boolean tls,
    Set<String> hosts,
    List<AddressRange> allowFrom,
    Optional<TrustAnchors> clients) {

  static Map<String, DoorPlan> of(Configuration configuration) {
    Map<String, DoorPlan> plans = new TreeMap<>();
    var egress = configuration.egress();
    plans.put(
        Egress.MAIN,
        new DoorPlan(
            Optional.empty(),
            new InetSocketAddress(egress.address(), egress.port()),
            false,
            lowerCase(egress.hosts()),
            egress.allowFrom(),
            Optional.empty()));
    for (ProviderConfig provider : configuration.providers().values()) {
      provider.listen().ifPresent(own -> plans.put(provider.name(), of(provider.name(), own)));
    }
    return plans;
  }

  private static DoorPlan of(String provider, ProviderListener own) {
    return new DoorPlan(
        Optional.of(provider),
        new InetSocketAddress(own.address(), own.port()),
        own.tls(),
        lowerCase(own.hosts()),
        own.allowFrom(),
        own.requireClientCertificate());
  }

  /// All names that TLS listeners are known by.
  static Set<String> tlsHosts(Configuration configuration) {
    Set<String> hosts = new TreeSet<>();
    of(configuration).values().stream()
        .filter(DoorPlan::tls)
        .forEach(plan -> hosts.addAll(plan.hosts()));
    return hosts;
  }

  /// Whether an open listener can serve this plan too.
  boolean samePlace(DoorPlan other) {
    return address.equals(other.address)
        && tls == other.tls
        && (!tls || hosts.equals(other.hosts))
        && clients.equals(other.clients);
  }

  EgressListener listener(Configuration configuration) {
    var egress = configuration.egress();
    return new EgressListener(
        provider,
        Admission.of(hosts, Egress.from(allowFrom)),
        egress.clientToken().map(Secret::reveal).map(DoorPlan::bytes),
        egress.maxTargetBytes());
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }

  private static Set<String> lowerCase(List<String> hosts) {
    return hosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
