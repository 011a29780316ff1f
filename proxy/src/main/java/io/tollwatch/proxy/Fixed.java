package io.tollwatch.proxy;

import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.LedgerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The settings that a reload can't change, because others hold on to them: the ledger, open
/// listeners, the scribe.
final class Fixed {

  private Fixed() {}

  /// Which of them changed; empty if none did.
  static Optional<String> changed(Configuration now, Configuration next) {
    Map<String, Object> wanted = held(next);
    return held(now).entrySet().stream()
        .filter(each -> !Objects.equals(each.getValue(), wanted.get(each.getKey())))
        .map(each -> "a change of '" + each.getKey() + "' needs a restart; nothing was changed")
        .findFirst();
  }

  private static Map<String, Object> held(Configuration configuration) {
    Map<String, Object> held = new LinkedHashMap<>();
    held.put("data", configuration.data());
    held.put("data-access", configuration.dataAccess());
    held.put("admin", configuration.admin());
    held.put("log", configuration.log());
    held.put("redaction", configuration.redaction());
    held.put("ledger", opened(configuration.ledger()));
    held.put("checks.at-once", configuration.checks().atOnce());
    held.put("events", configuration.events());
    held.put("drain", configuration.drain());
    held.put("capture-limit", configuration.captureLimit());
    held.put("egress.max-header-bytes", configuration.egress().maxHeaderBytes());
    held.put("egress.max-connections", configuration.egress().maxConnections());
    held.put("egress.idle-timeout", configuration.egress().idleTimeout());
    return held;
  }

  /// What the ledger was opened with; how long the store keeps what can change.
  private static List<Object> opened(LedgerConfig ledger) {
    return List.of(
        ledger.strict(),
        ledger.durability(),
        ledger.url(),
        ledger.user(),
        ledger.password(),
        ledger.journal());
  }
}
