package io.tollwatch.report;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.report.incident.IncidentSearch;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// When providers were unusable, or our own network was, what it cost and what was saved.
/// Immutable.
record IncidentsPage(ReportRequest request, List<Incident> incidents) {

  /// Each costs some questions to the ledger.
  private static final int SHOWN = 50;

  private static final List<Column> INCIDENTS =
      List.of(
          new Column("incident", "Incident"),
          new Column("scope", "What"),
          new Column("signs", "Seen by"),
          new Column("started_at", "First sign"),
          new Column("detected_at", "Could be told"),
          new Column("mitigated_at", "Calls kept away"),
          new Column("recovered_at", "Over"),
          new Column("lasted_s", "Lasted"),
          new Column("calls", "Calls to it"),
          new Column("failed", "Failed"),
          new Column("doubts_opened", "Became in doubt"),
          new Column("doubts_left", "Still in doubt"),
          new Column("saved", "Saved elsewhere"));

  private static final List<Column> SIGNS =
      List.of(
          new Column("incident", "Incident"),
          new Column("sign", "Sign"),
          new Column("where", "Where"),
          new Column("from", "From"),
          new Column("told_at", "Could be told"),
          new Column("until", "Until"),
          new Column("in_numbers", "In numbers"));

  /// Those that reach into a slice, by when they started.
  static List<Incident> found(Slice slice, ReportReader ledger) {
    return new IncidentSearch(ledger)
        .within(slice.window()).stream().filter(each -> isAbout(each, slice)).toList();
  }

  /// What is about several operations is about each of them, and our network about all.
  private static boolean isAbout(Incident incident, Slice slice) {
    Incident.Scope scope = incident.scope();
    boolean provider = slice.provider().flatMap(it -> other(scope.provider(), it)).isEmpty();
    boolean operation = slice.operation().flatMap(it -> other(scope.operation(), it)).isEmpty();
    return provider && operation;
  }

  private static <T> Optional<T> other(Optional<T> its, T wanted) {
    return its.filter(each -> !each.equals(wanted));
  }

  static Page of(ReportRequest request, ReportReader ledger, Notes notes) {
    List<Incident> found = found(request.slice(), ledger);
    Instant now = request.slice().window().until();
    IncidentSearch search = new IncidentSearch(ledger);
    List<Incident> costed =
        found.stream()
            .skip(Math.max(0, found.size() - SHOWN))
            .map(each -> search.costed(each, found, now))
            .toList();
    return new IncidentsPage(request, costed).page(found, notes);
  }

  private Page page(List<Incident> found, Notes notes) {
    long last = found.stream().filter(each -> each.recoveredAt().isEmpty()).count();
    long left = incidents.stream().mapToLong(each -> each.cost().doubtsLeft().payments()).sum();
    long saved = incidents.stream().mapToLong(each -> each.cost().saved().payments()).sum();
    return new Page(
        request.kind().word(),
        "Incidents at payment gateways",
        request.slice().window(),
        request.zone(),
        Scope.words(request.slice()),
        conclusion(found.size(), last),
        List.of(
            new Figure("Incidents", new Cell.Count(found.size()), !found.isEmpty()),
            new Figure("Still last", new Cell.Count(last), last > 0),
            new Figure("Still in doubt", new Cell.Count(left), left > 0),
            new Figure("Payments saved", new Cell.Count(saved), false)),
        notes.of(request.slice().window(), Optional.empty()),
        List.of(incidents(found), money(), signs()));
  }

  private Sentence conclusion(int found, long last) {
    if (found == 0) {
      return Sentence.of("There is no incident in this time that meets the filters.");
    }
    Incident worst =
        Collections.max(incidents, Comparator.comparingLong(each -> each.cost().failed()));
    Sentence all =
        found == 1
            ? when(worst)
            : Sentence.of(
                    "%d incidents, %s; the worst: "
                        .formatted(found, last == 0 ? "all over" : last + " of which last"))
                .and(when(worst));
    return all.and(": ")
        .and(worst.cost().failed())
        .and(" of ")
        .and(worst.cost().calls())
        .and(" calls failed.");
  }

  /// What was in trouble, and from when until when.
  static Sentence when(Incident incident) {
    Sentence since =
        Sentence.of(
                "Trouble at %s %s "
                    .formatted(
                        incident.scope().words(),
                        incident.recoveredAt().isPresent() ? "from" : "since"))
            .and(new Cell.At(incident.startedAt()));
    return incident.recoveredAt().map(at -> since.and(" to ").and(new Cell.At(at))).orElse(since);
  }

  private Section incidents(List<Incident> found) {
    String lead =
        "Found by rule from breakers, failing and slow calls, declines, old doubts and silent webhooks, against what is normal there. What one provider shows at the same time is one incident, and so is what comes back within ten minutes.";
    return Section.of(
        "Incidents",
        found.size() > SHOWN ? lead + " These are the newest " + SHOWN + "." : lead,
        new Table(
            "incidents",
            INCIDENTS,
            incidents.stream().map(this::row).toList(),
            "Nothing was found in this time."));
  }

  private List<Cell> row(Incident incident) {
    Instant end = incident.recoveredAt().orElse(request.slice().window().until());
    Incident.Cost cost = incident.cost();
    return List.of(
        new Cell.Code(incident.id()),
        new Cell.Text(incident.scope().words()),
        new Cell.Text(kinds(incident)),
        new Cell.At(incident.startedAt()),
        new Cell.At(incident.detectedAt()),
        Cell.at(incident.mitigatedAt()),
        Cell.at(incident.recoveredAt()),
        new Cell.Age(Duration.between(incident.startedAt(), end)),
        new Cell.Count(cost.calls()),
        new Cell.Count(cost.failed()),
        new Cell.Count(cost.doubts().payments()),
        new Cell.Count(cost.doubtsLeft().payments()),
        new Cell.Count(cost.saved().payments()));
  }

  private static String kinds(Incident incident) {
    return incident.signs().stream()
        .map(Incident.Sign::kind)
        .distinct()
        .sorted()
        .map(Kind::words)
        .collect(Collectors.joining(", "));
  }

  private Section money() {
    List<List<Cell>> rows = new ArrayList<>();
    incidents.forEach(each -> rows.addAll(IncidentMoney.rows(each)));
    return Section.of(
        "Money",
        IncidentMoney.LEAD,
        new Table(
            "money",
            IncidentMoney.COLUMNS,
            rows,
            "No payment became in doubt, and none was saved."));
  }

  private Section signs() {
    List<List<Cell>> rows =
        incidents.stream()
            .flatMap(incident -> incident.signs().stream().map(sign -> row(incident, sign)))
            .toList();
    return Section.of(
        "Signs", "What each was found by.", new Table("signs", SIGNS, rows, "There is none."));
  }

  private static List<Cell> row(Incident incident, Incident.Sign sign) {
    return List.of(
        new Cell.Code(incident.id()),
        new Cell.Text(sign.kind().words()),
        new Cell.Text(new Incident.Scope(sign.provider(), sign.operation(), sign.rail()).words()),
        new Cell.At(sign.from()),
        new Cell.At(sign.toldAt()),
        Cell.at(sign.until()),
        new Cell.Text(sign.words()));
  }
}
