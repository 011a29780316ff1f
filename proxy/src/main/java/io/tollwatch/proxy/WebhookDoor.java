package io.tollwatch.proxy;

import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.WebhooksConfig;
import io.tollwatch.proxy.egress.Admission;
import io.tollwatch.proxy.hooks.HookDoor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Opens the listener that gateways call. Stateless.
final class WebhookDoor {

  private static final int MAX_CONNECTIONS = 64;

  private WebhookDoor() {}

  /// Where runs of checks are called.
  ///
  /// @param key the same for all sidecars that share checks
  static Hooks hooks(Configuration configuration, JoinKey key) {
    return configuration
        .webhooks()
        .map(config ->
            Hooks.at(
                config.publicUrl().toString(),
                key.derived("hooks").getBytes(StandardCharsets.UTF_8)))
        .orElseGet(Hooks::none);
  }

  /// @param elsewhere the providers whose webhooks other sidecars may wait for
  static Listeners.Opening open(
      WebhooksConfig config,
      Hooks hooks,
      HookDoor.Heeding heeding,
      Supplier<Set<String>> elsewhere,
      Consumer<HookDoor.Result> counted) {
    int maxBody = Math.toIntExact(config.maxBody().bytes());
    HookDoor door =
        new HookDoor(
            hooks,
            heeding,
            elsewhere,
            Admission.of(config.hosts(), Egress.from(config.allowFrom())),
            maxBody,
            counted);
    return Listeners.forRoutes(
        "webhook",
        new InetSocketAddress(config.address(), config.port()),
        maxBody,
        MAX_CONNECTIONS,
        door::routes);
  }

  /// Closes it, if it is open.
  static void close(Optional<Listeners.Opening.Open> open) {
    open.ifPresent(each -> each.server().close());
  }
}
