package io.tollwatch.proxy;

import io.tollwatch.exchange.Incident;
import io.tollwatch.proxy.config.BreakerConfig;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.LimitConfig;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.ReconcileConfig;
import io.tollwatch.proxy.config.SecretHeader;
import io.tollwatch.routing.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was in force for the providers of an incident: versions and settings, chosen one by one so
/// that no secret can be among them. Of a field that carries one its name is told. Stateless.
final class InForce {

  private InForce() {}

  /// As a tree for JSON, the same each time.
  static Map<String, Object> of(Configuration configuration, Incident incident) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("tollwatch", StatusReport.version());
    tree.put("capture_limit", configuration.captureLimit().bytes());
    tree.put("strict", configuration.ledger().strict());
    Map<String, Object> providers = new LinkedHashMap<>();
    configuration.providers().values().stream()
        .filter(each -> isAbout(incident, each))
        .forEach(each -> providers.put(each.name(), provider(configuration, each)));
    tree.put("providers", providers);
    Map<String, Object> channels = new LinkedHashMap<>();
    configuration.channels().values().stream()
        .filter(each -> each.providers().stream().anyMatch(providers::containsKey))
        .forEach(each -> channels.put(each.name(), channel(each)));
    tree.put("channels", channels);
    return tree;
  }

  /// Our own network's incident is about every provider that the file tells.
  private static boolean isAbout(Incident incident, ProviderConfig provider) {
    return incident.scope().provider().map(provider.name()::equals).orElse(true);
  }

  private static Map<String, Object> provider(Configuration configuration, ProviderConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("url", config.url().toString());
    tree.put("profile", profile(configuration, config.profile()));
    tree.put("connect_timeout", config.connectTimeout().toString());
    tree.put("tls_timeout", config.tlsTimeout().toString());
    tree.put("response_timeout", config.responseTimeout().toString());
    tree.put("total_timeout", config.totalTimeout().toString());
    tree.put("pool_timeout", config.poolTimeout().toString());
    tree.put("pool_size", config.poolSize());
    tree.put("keep_alive", config.keepAlive().toString());
    tree.put("secret_fields", config.headers().stream().map(SecretHeader::name).toList());
    tree.put("on_client_gone", config.onClientGone().name());
    tree.put("duplicates", config.duplicates().name());
    tree.put("breaker", breaker(configuration.breaker(config.name())));
    LimitConfig limits = configuration.limits(config.name());
    tree.put("max_running", limits.maxRunning());
    ReconcileConfig reconcile = configuration.reconcileAt(config);
    tree.put("reconcile", reconcile.enabled());
    tree.put("reconcile_first_delay", reconcile.firstDelay().toString());
    tree.put("reconcile_max_looks", reconcile.maxLooks());
    return tree;
  }

  private static String profile(Configuration configuration, String name) {
    return configuration.profiles().byName(name).id();
  }

  private static Map<String, Object> breaker(BreakerConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("window", config.window().toString());
    tree.put("min_calls", config.minCalls());
    tree.put("failure_rate", config.failureRate());
    tree.put("slow_rate", config.slowRate());
    tree.put("failures_in_a_row", config.failuresInARow());
    tree.put("slow_after", config.slowAfter().toString());
    tree.put("slow_multiple", config.slowMultiple());
    tree.put("open_time", config.openTime().toString());
    tree.put("max_open_time", config.maxOpenTime().toString());
    tree.put("ramp", List.copyOf(config.ramp()));
    return tree;
  }

  private static Map<String, Object> channel(Channel channel) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("providers", List.copyOf(channel.providers()));
    tree.put("strategy", channel.strategy().getClass().getSimpleName());
    tree.put("deadline", channel.deadline().toString());
    tree.put("max_attempts", channel.maxAttempts());
    tree.put("fail_over_declines", channel.failOverDeclines());
    tree.put("require_identity", channel.requireIdentity());
    tree.put("repeat", channel.repeat());
    return tree;
  }
}
