package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.ledger.store.IncidentShelf;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The incidents that are kept: brought up to date, and noted upon. Immutable, thread-safe. Every
/// method throws [java.io.UncheckedIOException] if the ledger can't be read or written.
public record IncidentBook(ReportReader ledger, IncidentShelf shelf) {

  /// How far a round looks back at least.
  private static final Duration BACK = Duration.ofHours(2);

  /// How far it looks back at most for the beginning of one that lasts.
  private static final Duration LONGEST = Duration.ofDays(1);

  /// Finds what there is now, and keeps it. What lasted and is not found any more is over.
  public void bringUpToDate(Instant now) {
    List<Incident> open = ledger.openIncidents();
    IncidentSearch search = new IncidentSearch(ledger);
    List<Incident> all = search.within(new TimeWindow(from(open, now), now));
    Set<String> found = new HashSet<>();
    List<Incident> kept = new ArrayList<>();
    for (Incident each : all) {
      found.add(each.id());
      kept.add(search.costed(each, all, now));
    }
    open.stream()
        .filter(each -> !found.contains(each.id()))
        .forEach(each -> kept.add(each.over(now)));
    shelf.keep(kept);
  }

  /// Old doubts are found however old they are.
  private static Instant from(List<Incident> open, Instant now) {
    Instant longest = now.minus(LONGEST);
    return Stream.concat(
            Stream.of(now.minus(BACK)),
            open.stream()
                .filter(each -> !each.ofOldDoubtsOnly())
                .map(Incident::startedAt)
                .filter(start -> start.isAfter(longest)))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /// Keeps a note, and the incident with it.
  ///
  /// @return whether there is such an incident
  public boolean note(IncidentNote note, Instant now) {
    Optional<Incident> incident = new IncidentSearch(ledger).byId(note.incident(), now);
    incident.ifPresent(found -> {
      shelf.keep(List.of(found));
      shelf.keep(note);
    });
    return incident.isPresent();
  }
}
