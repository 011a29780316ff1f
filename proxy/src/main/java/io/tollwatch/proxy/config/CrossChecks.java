package io.tollwatch.proxy.config;

import io.tollwatch.document.Problems;
import io.tollwatch.document.Shown;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/// The rules between settings: ports, names, and that nothing beyond loopback is open to everyone.
/// A rule is passed over where a setting that it looks at is already known to be wrong. Confined to
/// one reading.
final class CrossChecks {

  /// First parts of paths that Tollwatch's own pages and APIs use.
  static final Set<String> RESERVED_NAMES = Set.of("channels", "health", "metrics", "tollwatch");

  private static final JsonPointer EGRESS = JsonPointer.compile("/egress");
  private static final JsonPointer ADMIN = JsonPointer.compile("/admin");
  private static final JsonPointer WEBHOOKS = JsonPointer.compile("/webhooks");
  private static final JsonPointer PROVIDERS = JsonPointer.compile("/providers");
  private static final JsonPointer TOKEN = EGRESS.appendProperty("client-token");

  private final Problems problems;
  private final Configuration configuration;

  CrossChecks(Problems problems, Configuration configuration) {
    this.problems = problems;
    this.configuration = configuration;
  }

  void run() {
    names();
    ports();
    tokens();
    adminGuard();
    egressGuard();
    configuration.providers().values().forEach(this::listenerGuard);
    configuration.providers().values().forEach(this::askedWithCredentials);
  }

  /// Only where the file switches it on for the provider: by default those without are passed over.
  private void askedWithCredentials(ProviderConfig provider) {
    JsonPointer enabled =
        provider(provider.name()).appendProperty("reconcile").appendProperty("enabled");
    if (problems.inFile(enabled)
        && !isWrong(enabled)
        && provider.reconcile().filter(ReconcileConfig::enabled).isPresent()
        && !provider.hasCredentials()) {
      problems.atValue(
          enabled,
          Shown.path(enabled) + " is true, but there are no credentials to ask the gateway with",
          "add headers under reconcile, such as Authorization: {env: LOOKUP_KEY}");
    }
  }

  private void names() {
    for (String name : configuration.providers().keySet()) {
      if (RESERVED_NAMES.contains(name)) {
        problems.atKey(
            provider(name),
            Shown.path(provider(name)) + " has a name that Tollwatch uses itself",
            "choose another name");
      }
    }
  }

  private record Bound(JsonPointer pointer, InetAddress address, int port) {
    boolean collidesWith(Bound other) {
      boolean sameAddress =
          address.equals(other.address)
              || address.isAnyLocalAddress()
              || other.address.isAnyLocalAddress();
      return port != 0 && port == other.port && sameAddress;
    }

    JsonPointer portPointer() {
      return pointer.appendProperty("port");
    }
  }

  private void ports() {
    List<Bound> bounds = new ArrayList<>();
    EgressConfig egress = configuration.egress();
    AdminConfig admin = configuration.admin();
    bounds.add(new Bound(EGRESS, egress.address(), egress.port()));
    bounds.add(new Bound(ADMIN, admin.address(), admin.port()));
    configuration
        .webhooks()
        .ifPresent(hooks -> bounds.add(new Bound(WEBHOOKS, hooks.address(), hooks.port())));
    for (ProviderConfig provider : configuration.providers().values()) {
      JsonPointer pointer = provider(provider.name()).appendProperty("listen");
      provider
          .listen()
          .ifPresent(listen -> bounds.add(new Bound(pointer, listen.address(), listen.port())));
    }
    for (int later = 1; later < bounds.size(); later++) {
      for (Bound earlier : bounds.subList(0, later)) {
        ports(earlier, bounds.get(later));
      }
    }
  }

  private void ports(Bound earlier, Bound later) {
    if (isWrong(earlier.pointer) || isWrong(later.pointer) || !earlier.collidesWith(later)) {
      return;
    }
    boolean laterInFile = problems.inFile(later.portPointer());
    Bound shown = laterInFile ? later : earlier;
    Bound other = laterInFile ? earlier : later;
    problems.atValue(
        shown.portPointer(),
        "%s and %s both listen on port %d"
            .formatted(Shown.path(shown.pointer), Shown.path(other.pointer), shown.port),
        "give each a port of its own, or 0 for any free one");
  }

  private void tokens() {
    for (ProviderConfig provider : configuration.providers().values()) {
      JsonPointer required = provider(provider.name()).appendProperty("require-client-token");
      if (provider.requireClientToken()
          && configuration.egress().clientToken().isEmpty()
          && !problems.touch(TOKEN)
          && !isWrong(required)) {
        problems.atValue(
            required,
            Shown.path(required) + " is true, but there is no client token",
            "set egress.client-token, such as {env: TOLLWATCH_TOKEN}");
      }
    }
  }

  private void adminGuard() {
    AdminConfig admin = configuration.admin();
    if (!isWrong(ADMIN) && isOpen(admin.address(), admin.allowFrom())) {
      beyondLoopback(ADMIN, "set admin.allow-from to the addresses that may call");
    }
  }

  private void egressGuard() {
    EgressConfig egress = configuration.egress();
    if (isWrong(EGRESS) || !isOpen(egress.address(), egress.allowFrom())) {
      return;
    }
    if (egress.clientToken().isEmpty()) {
      beyondLoopback(EGRESS, "set egress.client-token or egress.allow-from");
      return;
    }
    for (ProviderConfig provider : configuration.providers().values()) {
      JsonPointer required = provider(provider.name()).appendProperty("require-client-token");
      if (!provider.requireClientToken() && !isWrong(required)) {
        problems.atValue(
            required,
            Shown.path(required) + " lets everyone call it, as egress listens beyond loopback",
            "remove it, or set egress.allow-from");
      }
    }
  }

  private void listenerGuard(ProviderConfig provider) {
    JsonPointer pointer = provider(provider.name()).appendProperty("listen");
    boolean certain = !isWrong(pointer) && !problems.touch(TOKEN);
    provider
        .listen()
        .filter(listen -> certain && isOpen(listen.address(), listen.allowFrom()))
        .filter(listen -> listen.requireClientCertificate().isEmpty())
        .filter(_ -> !provider.requireClientToken())
        .ifPresent(_ ->
            beyondLoopback(
                pointer, "require a client token or client certificate, or set allow-from"));
  }

  private void beyondLoopback(JsonPointer listener, String hint) {
    problems.atValue(
        listener.appendProperty("address"),
        Shown.path(listener) + " listens beyond loopback and lets everyone call",
        hint);
  }

  private static boolean isOpen(InetAddress address, List<AddressRange> allowFrom) {
    return !address.isLoopbackAddress() && allowFrom.isEmpty();
  }

  private boolean isWrong(JsonPointer pointer) {
    return problems.touch(pointer);
  }

  private static JsonPointer provider(String name) {
    return PROVIDERS.appendProperty(name);
  }
}
