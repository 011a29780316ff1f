package io.tollwatch.proxy;

import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.report.Reports;

/// Turns the configuration into what reports are made with. Stateless.
public final class ReportSetup {

  private ReportSetup() {}

  /// Reports of a ledger.
  public static Reports reports(ReportReader ledger, Configuration configuration) {
    return new Reports(
        ledger,
        StatusReport.version(),
        name -> configuration.provider(name).map(provider -> provider.url().toString()));
  }
}
