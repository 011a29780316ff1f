package io.tollwatch.report;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What is in doubt, by age and amount. Ages are those at the end of the time asked for. Confined
/// to one report.
final class DoubtPage implements Consumer<Exchange> {

  private static final int SHOWN = 200;

  private static final List<Column> AGES =
      List.of(
          new Column("provider", "Provider"),
          new Column("age", "Age"),
          new Column("payments", "Payments"),
          new Column("amount", "Amount"),
          new Column("without_amount", "Without a known amount"));

  private static final List<Column> OLDEST =
      List.of(
          new Column("started_at", "Started"),
          new Column("age_s", "Age"),
          new Column("exchange", "Exchange"),
          new Column("provider", "Provider"),
          new Column("operation", "Operation"),
          new Column("amount", "Amount"),
          new Column("category", "Came to"),
          new Column("gateway_request_id", "Its request id"),
          new Column("payment", "Payment id"),
          new Column("reference", "Reference"),
          new Column("resolve", "Can be settled"));

  private final ReportRequest request;
  private final SortedMap<String, Map<Ages, Amounts>> byAge = new TreeMap<>();
  private final Amounts sum = new Amounts();
  private final List<Exchange> oldest = new ArrayList<>();

  private DoubtPage(ReportRequest request) {
    this.request = request;
  }

  static Page of(ReportRequest request, ReportReader ledger) {
    DoubtPage page = new DoubtPage(request);
    ledger.exchanges(request.slice(), ReportReader.Wanted.IN_DOUBT, page);
    return page.page();
  }

  @Override
  public void accept(Exchange exchange) {
    if (oldest.size() < SHOWN) {
      oldest.add(exchange);
    }
    Handles handles = exchange.intent().correlation().handles();
    sum.add(handles);
    byAge
        .computeIfAbsent(exchange.intent().provider(), _ -> new EnumMap<>(Ages.class))
        .computeIfAbsent(Ages.of(age(exchange)), _ -> new Amounts())
        .add(handles);
  }

  private Duration age(Exchange exchange) {
    return Duration.between(exchange.intent().startedAt(), request.slice().window().until());
  }

  private Page page() {
    long count = sum.count();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("In doubt", new Cell.Count(count), count > 0));
    figures.addAll(sum.figures("Amount"));
    if (!oldest.isEmpty()) {
      figures.add(new Figure("Oldest", new Cell.Age(age(oldest.getFirst())), true));
    }
    return new Page(
        request.kind().word(),
        "Payments in doubt",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(),
        figures,
        List.of(),
        List.of(ages(), oldest()));
  }

  private Sentence conclusion() {
    if (oldest.isEmpty()) {
      return Sentence.of("No payment of this time that meets the filters is in doubt.");
    }
    Sentence doubts =
        Sentence.of("")
            .and(sum.count())
            .and(sum.count() == 1 ? " payment is in doubt" : " payments are in doubt");
    String before = ": ";
    for (Cell amount : sum.sums()) {
      doubts = doubts.and(before).and(amount);
      before = ", ";
    }
    return doubts.and("; the oldest for ").and(new Cell.Age(age(oldest.getFirst()))).and(".");
  }

  private Section ages() {
    List<List<Cell>> rows = new ArrayList<>();
    byAge.forEach((provider, ages) ->
        ages.forEach((age, amounts) -> rows.addAll(rows(provider, age, amounts))));
    Section section =
        Section.of(
            "By age",
            "A payment in doubt may have been taken, and nobody knows: it is settled by asking the provider, never by sending it again. Here is what started in this time and is in doubt as this is written, not what was then; ages are those at the end of this time.",
            new Table("by_age", AGES, rows, "Nothing is in doubt."));
    return rows.isEmpty() ? section : section.with(chart());
  }

  private static List<List<Cell>> rows(String provider, Ages age, Amounts amounts) {
    return Amounts.rows(
        List.of(new Cell.Text(provider), new Cell.Text(age.words())),
        amounts.count(),
        amounts.sums(),
        amounts.unknown());
  }

  private Chart chart() {
    List<Chart.Bar> bars =
        byAge.entrySet().stream()
            .map(entry -> new Chart.Bar(entry.getKey(), counts(entry.getValue())))
            .toList();
    return new Chart.Parts(
        "Payments in doubt by age",
        "The numbers are in the table below.",
        "",
        Arrays.stream(Ages.values()).map(Ages::words).toList(),
        bars);
  }

  private static List<Double> counts(Map<Ages, Amounts> ages) {
    return Arrays.stream(Ages.values())
        .map(age ->
            Optional.ofNullable(ages.get(age)).map(each -> (double) each.count()).orElse(0.0))
        .toList();
  }

  private Section oldest() {
    List<List<Cell>> rows = oldest.stream().map(this::row).toList();
    String lead =
        sum.count() > SHOWN
            ? "The oldest %d of %,d. For all of them take another format: csv, jsonl or har."
                .formatted(SHOWN, sum.count())
            : "All of them.";
    return Section.of(
        "Oldest first", lead, new Table("oldest", OLDEST, rows, "Nothing is in doubt."));
  }

  private List<Cell> row(Exchange exchange) {
    Intent intent = exchange.intent();
    Handles handles = intent.correlation().handles();
    var verdict = exchange.outcome().map(Outcome::verdict);
    return List.of(
        new Cell.At(intent.startedAt()),
        new Cell.Age(age(exchange)),
        new Cell.Code(exchange.id()),
        new Cell.Text(intent.provider()),
        new Cell.Text(intent.operation().word()),
        Cell.amount(handles.amountMinor(), handles.currency()),
        Cell.text(verdict.map(it -> it.category().word())),
        Cell.code(verdict.flatMap(it -> it.gateway().requestId())),
        Cell.code(exchange.outcome().flatMap(Outcome::payment).or(handles::payment)),
        Cell.text(intent.correlation().reference()),
        new Cell.Text(handles.resolve() == Handles.Resolve.BY_HAND ? "by hand" : "by lookup"));
  }

  /// How old doubts are.
  private enum Ages {
    HOUR("up to an hour", Duration.ofHours(1)),
    DAY("up to a day", Duration.ofDays(1)),
    WEEK("up to a week", Duration.ofDays(7)),
    OLDER("older than a week", Duration.ofSeconds(Long.MAX_VALUE));

    private final String words;
    private final Duration most;

    Ages(String words, Duration most) {
      this.words = words;
      this.most = most;
    }

    static Ages of(Duration age) {
      return Arrays.stream(values())
          .filter(each -> age.compareTo(each.most) <= 0)
          .findFirst()
          .orElse(OLDER);
    }

    String words() {
      return words;
    }
  }
}
