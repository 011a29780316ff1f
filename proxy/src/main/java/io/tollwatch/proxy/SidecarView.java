package io.tollwatch.proxy;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.proxy.admin.SidecarStatus;
import io.tollwatch.proxy.admin.Sight;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Heard;
import io.tollwatch.reconcile.Witness;
import io.tollwatch.report.Reports;
import io.tollwatch.report.incident.IncidentBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the admin API sees of a sidecar. Thread-safe.
final class SidecarView implements Sight {

  /// How long a reader waits for the store to have what was recorded last.
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final Sidecar sidecar;
  private final Parts parts;
  private final Configuration configuration;
  private final SystemTime time;
  private final Witness witness;

  SidecarView(Sidecar sidecar, Parts parts, Configuration configuration, SystemTime time) {
    this.sidecar = sidecar;
    this.parts = parts;
    this.configuration = configuration;
    this.time = time;
    this.witness = new Witness(parts.doubts(), parts.ledger(), time.wall());
  }

  @Override
  public SidecarStatus status() {
    return StatusReport.of(
        configuration,
        sidecar.listeners(),
        parts.egress(),
        parts.breakers(),
        parts.checks(),
        parts.ledger().state(),
        parts.ledger().reader(),
        parts.startedAt(),
        now(),
        ready(),
        parts.payments().isReady(),
        parts.watchdog().running());
  }

  @Override
  public boolean ready() {
    return sidecar.isReady();
  }

  @Override
  public boolean isBusy() {
    return parts.overload().isBusy();
  }

  @Override
  public String metrics() {
    return parts.metrics().scrape();
  }

  @Override
  public Optional<String> degraded() {
    List<String> troubles =
        Stream.of(
                parts.ledger().state().degraded(),
                parts.breakers().degraded(),
                parts.shared().trouble(),
                parts.checks().trouble(),
                parts.exports().trouble())
            .flatMap(Optional::stream)
            .toList();
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  @Override
  public ExchangeReader ledger() {
    catchUp();
    return parts.ledger().reader();
  }

  @Override
  public Reports reports() {
    catchUp();
    return ReportSetup.reports(parts.ledger().reports(), configuration);
  }

  @Override
  public Map<String, Object> inForce(Incident incident) {
    return ReportSetup.inForce(parts.inForce().get(), incident);
  }

  @Override
  public boolean note(IncidentNote note) {
    return new IncidentBook(parts.ledger().reports(), parts.ledger().incidents())
        .note(note.redacted(ReportSetup.redaction(parts.inForce().get())), now());
  }

  private void catchUp() {
    try {
      if (parts.ledger().state().store().isEmpty()) {
        parts.ledger().flush(CATCH_UP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int keep(List<Rejudgement> rejudgements) {
    return parts.ledger().keep(rejudgements);
  }

  @Override
  public Doubts doubts() {
    return parts.doubts();
  }

  @Override
  public Optional<Heard> hear(String provider, Fields fields, String body) {
    return witness.hear(provider, fields, body);
  }

  @Override
  public List<String> stopped() {
    return parts.reconciler().stopped();
  }

  @Override
  public Instant now() {
    return time.wall().instant();
  }

  @Override
  public Optional<String> reload() {
    return sidecar.reload();
  }
}
