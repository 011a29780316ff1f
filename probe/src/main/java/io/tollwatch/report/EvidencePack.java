package io.tollwatch.report;

import io.tollwatch.document.Visible;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.report.har.HarWriter;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.write.ChosenCsv;
import io.tollwatch.report.write.ExchangeCsv;
import io.tollwatch.report.write.ExchangeWriter;
import io.tollwatch.report.write.HtmlPage;
import io.tollwatch.report.write.MarkdownPage;
import io.tollwatch.report.write.TableCsv;
import io.tollwatch.report.write.ZipWriter;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// All evidence of one incident in one ZIP file, for a provider's support or an audit: what is
/// redacted in the ledger is redacted here, and the same data gives the same bytes. Takes constant
/// memory. Confined to one writing.
final class EvidencePack {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final List<String> REQUESTS =
      List.of(
          "started_at",
          "provider",
          "operation",
          "gateway_request_id",
          "gateway_payment",
          "reference",
          "amount_minor",
          "currency",
          "category",
          "gateway_code",
          "money",
          "resolved_money",
          "exchange");

  private static final List<String> DECISIONS =
      List.of("started_at", "exchange", "sent_to", "decision", "about", "reason");

  private final ReportRequest request;
  private final Reports reports;
  private final IncidentFacts facts;

  private EvidencePack(ReportRequest request, Reports reports, Incident incident) {
    this.request = request;
    this.reports = reports;
    this.facts = IncidentFacts.of(incident, request.slice().window().until(), reports.ledger());
  }

  /// Writes it, without closing.
  ///
  /// @param inForce versions and configuration, without secrets
  static void write(
      ReportRequest request,
      Incident incident,
      Reports reports,
      Map<String, ?> inForce,
      OutputStream out) {
    EvidencePack pack = new EvidencePack(request, reports, incident);
    ReportReader ledger = reports.ledger();
    Page page = IncidentPage.of(request, incident, ledger);
    ZipWriter zip = new ZipWriter(out);
    zip.add("summary.md", writer -> MarkdownPage.write(page, writer));
    zip.add("summary.html", writer -> HtmlPage.write(page, writer));
    zip.add(
        "timeline.csv", writer -> TableCsv.write(Timeline.of(pack.facts), request.zone(), writer));
    zip.add("failures.har", pack::failures);
    zip.add("provider-requests.csv", pack::requests);
    zip.add("checks.csv", pack::checks);
    zip.add("decisions.csv", pack::decisions);
    zip.add("in-force.json", writer -> json(inForce, writer));
    zip.end();
  }

  private void failures(Writer writer) {
    export(facts.calls(), Wanted.TROUBLE, new HarWriter(writer, reports.version(), reports.urls()));
  }

  private void requests(Writer writer) {
    export(
        facts.calls(),
        Wanted.TROUBLE,
        new ChosenCsv(writer, REQUESTS, each -> Stream.of(request(each))));
  }

  private void checks(Writer writer) {
    export(facts.checksAround(), Wanted.ALL, new ExchangeCsv(writer, request.zone()));
  }

  private void export(Slice slice, Wanted wanted, ExchangeWriter writer) {
    reports.ledger().exchanges(slice, wanted, writer);
    writer.end();
  }

  private void decisions(Writer writer) {
    ChosenCsv csv = new ChosenCsv(writer, DECISIONS, EvidencePack::decisions);
    facts.decided(reports.ledger(), csv);
    csv.end();
  }

  private static Stream<List<String>> decisions(Exchange exchange) {
    return DecisionCounts.of(exchange)
        .map(each ->
            List.of(
                exchange.intent().startedAt().toString(),
                exchange.id(),
                exchange.intent().provider(),
                each.kind().word(),
                each.provider(),
                each.reason()));
  }

  private static List<String> request(Exchange exchange) {
    Handles handles = exchange.intent().correlation().handles();
    Optional<Verdict> verdict = exchange.outcome().map(Outcome::verdict);
    return List.of(
        exchange.intent().startedAt().toString(),
        exchange.intent().provider(),
        exchange.intent().operation().word(),
        verdict.flatMap(it -> it.gateway().requestId()).orElse(""),
        exchange.outcome().flatMap(Outcome::payment).or(handles::payment).orElse(""),
        exchange.intent().correlation().reference().orElse(""),
        handles.amountMinor().isPresent() ? Long.toString(handles.amountMinor().getAsLong()) : "",
        handles.currency().orElse(""),
        verdict.map(it -> it.category().word()).orElse(""),
        verdict.flatMap(it -> it.gateway().code()).orElse(""),
        verdict.map(it -> it.money().word()).orElse(""),
        exchange.resolution().map(it -> it.money().word()).orElse(""),
        exchange.id());
  }

  private static void json(Map<String, ?> tree, Writer writer) {
    try {
      writer.write(Visible.of(JSON.writeValueAsString(tree)));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
