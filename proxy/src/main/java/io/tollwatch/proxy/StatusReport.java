package io.tollwatch.proxy;

import io.tollwatch.ledger.LedgerState;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.proxy.admin.SidecarStatus;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// Puts together what a sidecar says of itself.
final class StatusReport {

  private StatusReport() {}

  static SidecarStatus of(
      Configuration configuration,
      Egress egress,
      LedgerState state,
      ExchangeReader reader,
      Instant startedAt,
      boolean ready,
      int running) {
    Map<String, String> listeners = new TreeMap<>();
    egress.addresses().forEach((name, address) -> listeners.put(name, address.toString()));
    return new SidecarStatus(
        version(),
        startedAt.toString(),
        ready,
        listeners,
        egress.configured().values().stream()
            .sorted(Comparator.comparing(ProviderConfig::name))
            .map(provider ->
                new SidecarStatus.ProviderStatus(
                    provider.name(), provider.profile(), provider.url().toString()))
            .toList(),
        running,
        new SidecarStatus.LedgerStatus(
            configuration.data().toAbsolutePath().normalize().toString(),
            state.queued(),
            state.written(),
            state.dropped(),
            inDoubt(reader),
            state.trouble().map(LedgerState.Trouble::reason).orElse("")));
  }

  /// -1 where the ledger can't be read now: the status must still be.
  private static long inDoubt(ExchangeReader reader) {
    try {
      return reader.countInDoubt();
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  /// As the jar's manifest says it.
  static String version() {
    String version = StatusReport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
