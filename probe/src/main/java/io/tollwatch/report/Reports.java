package io.tollwatch.report;

import io.tollwatch.exchange.Incident;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.report.har.HarWriter;
import io.tollwatch.report.incident.IncidentSearch;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.write.ExchangeCsv;
import io.tollwatch.report.write.ExchangeLines;
import io.tollwatch.report.write.ExchangeWriter;
import io.tollwatch.report.write.HtmlPage;
import io.tollwatch.report.write.MarkdownPage;
import io.tollwatch.report.write.TableCsv;
import io.tollwatch.report.write.TableJson;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes reports of a ledger. Thread-safe. The same request of the same ledger gives the same
/// bytes. Every method throws [java.io.UncheckedIOException] if the ledger can't be read.
///
/// @param version of this program
/// @param urls the base URL of a provider, where it is known
public record Reports(
    ReportReader ledger, String version, Function<String, Optional<String>> urls) {

  private static final int BUFFER = 1 << 16;

  /// Looks whether there is anything to report. Asked before the report is written, because then it
  /// is too late to say so anywhere else.
  public Outlook outlook(ReportRequest request) {
    boolean empty =
        switch (request.kind()) {
          case INCIDENTS -> IncidentsPage.found(request.slice(), ledger).isEmpty();
          case INCIDENT -> incident(request).isEmpty();
          default -> !ledger.any(request.slice(), request.kind().exchanges().orElse(Wanted.ALL));
        };
    return new Outlook(empty, notes(request).of(request.slice().window(), Optional.empty()));
  }

  /// What a report will be like. Immutable.
  ///
  /// @param empty whether nothing meets the request
  /// @param notes what is to be known of the data
  public record Outlook(boolean empty, List<String> notes) {}

  /// Writes a report and flushes; the writer stays open. Takes constant memory, however long it is.
  ///
  /// @throws java.io.UncheckedIOException also if it can't be written
  public void write(ReportRequest request, Writer out) {
    Writer writer = new BufferedWriter(out, BUFFER);
    switch (request.format()) {
      case HTML -> HtmlPage.write(page(request), writer);
      case MD -> MarkdownPage.write(page(request), writer);
      case CSV -> {
        if (request.kind().exchanges().isPresent()) {
          export(request, new ExchangeCsv(writer, request.zone()));
        } else {
          TableCsv.write(page(request).tables().getFirst(), request.zone(), writer);
        }
      }
      case JSONL -> {
        if (request.kind().exchanges().isPresent()) {
          ExchangeLines lines = new ExchangeLines(writer);
          ledger.documents(request.slice(), request.kind().exchanges().get(), lines);
          lines.end();
        } else {
          TableJson.write(page(request), writer);
        }
      }
      case HAR -> export(request, new HarWriter(writer, version, urls));
    }
  }

  private void export(ReportRequest request, ExchangeWriter writer) {
    ledger.exchanges(request.slice(), request.kind().exchanges().orElseThrow(), writer);
    writer.end();
  }

  private Page page(ReportRequest request) {
    return switch (request.kind()) {
      case FAILURES -> FailurePage.of(request, ledger, notes(request));
      case AVAILABILITY -> AvailabilityPage.of(request, ledger, notes(request));
      case LATENCY -> LatencyPage.of(request, ledger, notes(request));
      case IN_DOUBT -> DoubtPage.of(request, ledger);
      case INCIDENTS -> IncidentsPage.of(request, ledger, notes(request));
      case INCIDENT -> IncidentPage.of(request, incident(request).orElseThrow(), ledger);
      case EXCHANGES -> throw new IllegalArgumentException("exchanges are no page");
    };
  }

  /// The incident that a request is about, and what it cost; empty if there is none with that id.
  public Optional<Incident> incident(ReportRequest request) {
    Instant now = request.slice().window().until();
    return request.incident().flatMap(id -> new IncidentSearch(ledger).byId(id, now));
  }

  /// Writes all evidence of an incident as a ZIP file, without closing.
  ///
  /// @param request that of the report of an incident
  /// @param inForce versions and configuration, without secrets
  /// @throws java.io.UncheckedIOException also if it can't be written
  public void pack(
      ReportRequest request, Incident incident, Map<String, ?> inForce, OutputStream out) {
    EvidencePack.write(request, incident, this, inForce, out);
  }

  private Notes notes(ReportRequest request) {
    return new Notes(ledger.oldest(), request.zone());
  }
}
