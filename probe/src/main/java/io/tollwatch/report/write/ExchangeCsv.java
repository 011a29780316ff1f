package io.tollwatch.report.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.Routing;
import io.tollwatch.timing.Phase;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes exchanges as CSV (RFC 4180), a row for each, without their bodies. Confined to one
/// export.
public final class ExchangeCsv implements ExchangeWriter {

  private static final List<Column> COLUMNS = columns();

  private final CsvWriter csv;
  private final ZoneId zone;

  /// Writes to that writer, which it does not close.
  ///
  /// @param zone in which times are written
  public ExchangeCsv(Writer out, ZoneId zone) {
    this.csv = TableCsv.writer(out);
    this.zone = zone;
    csv.writeRecord(
        Stream.concat(Stream.of("exchange", "started_at"), COLUMNS.stream().map(Column::name))
            .toList());
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>(ofIntent());
    columns.addAll(ofOutcome());
    columns.add(resolved("resolved_at", it -> Optional.of(it.at().toString())));
    columns.add(resolved("resolved_money", it -> Optional.of(it.money().word())));
    columns.add(resolved("resolved_by", it -> Optional.of(it.by().word())));
    columns.add(outcome("total_ms", it -> Optional.of(Millis.text(it.timings().total()))));
    Arrays.stream(Phase.values())
        .map(phase ->
            outcome(phase.word() + "_ms", it -> it.timings().duration(phase).map(Millis::text)))
        .forEach(columns::add);
    return List.copyOf(columns);
  }

  private static List<Column> ofIntent() {
    return List.of(
        text("origin", intent -> Optional.of(intent.origin().word())),
        text("provider", intent -> Optional.of(intent.provider())),
        text("channel", intent -> intent.routing().map(Routing::channel)),
        text("operation", intent -> Optional.of(intent.operation().word())),
        text("method", intent -> Optional.of(intent.method())),
        text("target", intent -> Optional.of(intent.target())),
        text("reference", intent -> intent.correlation().reference()),
        text("request_id", intent -> intent.correlation().requestId()),
        text("traceparent", intent -> Optional.of(intent.correlation().traceparent())),
        text("amount_minor", ExchangeCsv::amount),
        text("currency", intent -> handles(intent).currency()),
        text("repeat_of", Intent::repeatOf),
        text("duplicate_of", Intent::duplicateOf));
  }

  private static List<Column> ofOutcome() {
    return List.of(
        outcome("progress", it -> Optional.of(it.progress().word())),
        verdict("category", it -> Optional.of(it.category().word())),
        verdict("fault", it -> Optional.of(it.fault().word())),
        verdict("money", it -> Optional.of(it.money().word())),
        verdict("action", it -> Optional.of(it.action().word())),
        verdict("code", it -> it.gateway().code()),
        verdict("message", it -> it.gateway().message()),
        verdict("gateway_request_id", it -> it.gateway().requestId()),
        verdict("unmapped_code", it -> it.trail().unmapped()),
        outcome("payment", Outcome::payment),
        outcome("status", it -> it.answer().map(Answer::status).map(String::valueOf)),
        outcome("client_status", it -> Optional.of(Integer.toString(it.clientStatus()))),
        outcome("broke_in", it -> it.broken().map(Break::phase).map(Phase::word)),
        outcome("breakage", it -> it.broken().map(broken -> broken.breakage().word())),
        verdict("rule", it -> Optional.of(it.rule())),
        verdict("judged_by", it -> Optional.of(it.judgedBy())));
  }

  @Override
  public void accept(Exchange exchange) {
    Stream<String> first =
        Stream.of(
            exchange.id(),
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                exchange.intent().startedAt().atZone(zone)));
    Stream<String> rest = COLUMNS.stream().map(column -> column.of().apply(exchange).orElse(""));
    csv.writeRecord(Stream.concat(first, rest.map(Spreadsheet::defused)).toList());
  }

  @Override
  public void end() {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> amount(Intent intent) {
    Handles handles = handles(intent);
    return handles.amountMinor().isPresent()
        ? Optional.of(Long.toString(handles.amountMinor().getAsLong()))
        : Optional.empty();
  }

  private static Handles handles(Intent intent) {
    return intent.correlation().handles();
  }

  private static Column text(String name, Function<Intent, Optional<String>> of) {
    return new Column(name, exchange -> of.apply(exchange.intent()));
  }

  private static Column outcome(String name, Function<Outcome, Optional<String>> of) {
    return new Column(name, exchange -> exchange.outcome().flatMap(of));
  }

  /// Of what was learned later the last counts.
  private static Column resolved(String name, Function<Resolution, Optional<String>> of) {
    return new Column(name, exchange -> exchange.resolution().flatMap(of));
  }

  private static Column verdict(String name, Function<Verdict, Optional<String>> of) {
    return outcome(name, outcome -> of.apply(outcome.verdict()));
  }

  /// One column.
  private record Column(String name, Function<Exchange, Optional<String>> of) {}
}
