package io.tollwatch.proxy;

import io.tollwatch.exchange.Incident;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.report.Reports;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Turns the configuration into what reports are made with. Stateless.
public final class ReportSetup {

  private static final int SHORTEST_SECRET = 4;

  private ReportSetup() {}

  /// What may be kept of what people write: no card number, no credential that is configured.
  public static UnaryOperator<String> redaction(Configuration configuration) {
    List<String> values =
        configuration.providers().values().stream()
            .flatMap(provider -> provider.headers().stream())
            .map(header -> header.secret().reveal())
            .filter(value -> value.length() >= SHORTEST_SECRET)
            .toList();
    return new Redactor(Secrets.common(), Math.toIntExact(configuration.captureLimit().bytes()))
            .masking(values)
        ::text;
  }

  /// What was in force for the providers of an incident, without secrets.
  public static Map<String, Object> inForce(Configuration configuration, Incident incident) {
    return InForce.of(configuration, incident);
  }

  /// Reports of a ledger.
  public static Reports reports(ReportReader ledger, Configuration configuration) {
    return new Reports(
        ledger,
        StatusReport.version(),
        name -> configuration.provider(name).map(provider -> provider.url().toString()));
  }
}
