package io.tollwatch.proxy;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.ReconcileConfig;
import io.tollwatch.proxy.config.Secret;
import io.tollwatch.proxy.config.SecretHeader;
import io.tollwatch.reconcile.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where the providers in force are asked about payments. Until the egress is there, nowhere.
/// Thread-safe.
final class Desks {

  private final Map<String, Made> made = new ConcurrentHashMap<>();
  private volatile Optional<Egress> egress = Optional.empty();

  /// A desk, and what it was made of: a reload makes it anew.
  private record Made(Provider provider, ProviderConfig config, ReconcileConfig asking, Desk desk) {

    boolean isOf(Provider other, ProviderConfig otherConfig, ReconcileConfig otherAsking) {
      return provider.equals(other) && config.equals(otherConfig) && asking.equals(otherAsking);
    }
  }

  void attach(Egress providers) {
    egress = Optional.of(providers);
  }

  /// The desk of a provider, if it is configured.
  Optional<Desk> find(String name) {
    return egress.flatMap(providers -> find(name, providers));
  }

  private Optional<Desk> find(String name, Egress providers) {
    ProviderConfig config = providers.configured().get(name);
    Optional<Provider> provider = providers.provider(name);
    if (config == null || provider.isEmpty()) {
      return Optional.empty();
    }
    ReconcileConfig asking = providers.reconcileAt(config);
    Made known = made.get(name);
    if (known == null || !known.isOf(provider.get(), config, asking)) {
      known = new Made(provider.get(), config, asking, desk(provider.get(), config, asking));
      made.put(name, known);
    }
    return Optional.of(known.desk());
  }

  private static Desk desk(Provider provider, ProviderConfig config, ReconcileConfig asking) {
    return new Desk(
        provider.withInjected(injected(provider, asking.headers())),
        asking.enabled() && config.hasCredentials(),
        asking.cancel(),
        config.webhookSecret().map(Secret::reveal),
        asking.pace());
  }

  private static Fields injected(Provider provider, List<SecretHeader> own) {
    List<Field> fields = new ArrayList<>();
    own.forEach(header -> fields.add(new Field(header.name(), header.value())));
    provider
        .injected()
        .keep(field -> own.stream().noneMatch(each -> field.is(each.name())))
        .forEach(fields::add);
    return new Fields(fields);
  }
}
