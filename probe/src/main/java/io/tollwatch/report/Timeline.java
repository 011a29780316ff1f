package io.tollwatch.report;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An incident's course as one table, oldest first. Stateless.
final class Timeline {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("at", "When"),
          new Column("what", "What"),
          new Column("where", "Where"),
          new Column("detail", "In words"));

  private Timeline() {}

  /// What happened when.
  private record Moment(Instant at, String what, String where, String detail) {}

  static Table of(IncidentFacts facts) {
    List<Moment> moments = new ArrayList<>();
    Incident incident = facts.incident();
    String scope = incident.scope().words();
    incident.signs().stream()
        .filter(sign -> sign.kind() != Kind.BREAKER)
        .forEach(sign -> add(moments, sign));
    facts.changes().forEach(change -> moments.add(moment(change)));
    moments.add(new Moment(incident.startedAt(), "incident starts", scope, "its first sign"));
    moments.add(new Moment(incident.detectedAt(), "incident told", scope, "the rules can tell it"));
    incident
        .mitigatedAt()
        .ifPresent(at ->
            moments.add(
                new Moment(at, "calls kept away", scope, "channels use other providers from now")));
    incident
        .recoveredAt()
        .ifPresent(
            at -> moments.add(new Moment(at, "incident over", scope, "its last sign ended")));
    facts.notes().forEach(note -> moments.add(moment(note)));
    moments.sort(Comparator.comparing(Moment::at)); // stable: of one moment in the order above
    return new Table(
        "timeline", COLUMNS, moments.stream().map(Timeline::row).toList(), "Nothing is known.");
  }

  private static void add(List<Moment> moments, Sign sign) {
    String where = new Incident.Scope(sign.provider(), sign.operation(), sign.rail()).words();
    String what = sign.kind().words();
    // a doubt is old only when its hour is over
    Instant seen = sign.kind() == Kind.OLD_DOUBT ? sign.toldAt() : sign.from();
    moments.add(new Moment(seen, what + ": first seen", where, sign.words()));
    sign.until().ifPresent(at -> moments.add(new Moment(at, what + ": over", where, "")));
  }

  private static Moment moment(BreakerChange change) {
    String who = change.who().map(it -> " (by order of " + it + ")").orElse("");
    return new Moment(
        change.at(),
        "breaker " + change.to().word(),
        change.breaker().shown(),
        change.reason() + who);
  }

  private static Moment moment(IncidentNote note) {
    return new Moment(note.at(), "note", note.who(), note.text());
  }

  private static List<Cell> row(Moment moment) {
    return List.of(
        new Cell.At(moment.at()),
        new Cell.Text(moment.what()),
        new Cell.Text(moment.where()),
        moment.detail().isEmpty() ? new Cell.Absent() : new Cell.Text(moment.detail()));
  }
}
