package io.tollwatch.report.page;

import io.tollwatch.ledger.store.TimeWindow;
import java.time.ZoneId;
import java.util.List;

/// A whole report. Immutable.
///
/// @param name one word, such as `failures`
/// @param zone in which its times are shown
/// @param scope what it is about, in words: `provider stripe`
/// @param conclusion what its reader should take away who reads no further
/// @param figures the few numbers that matter most
/// @param notes what its reader must know of it
public record Page(
    String name,
    String title,
    TimeWindow window,
    ZoneId zone,
    List<String> scope,
    Sentence conclusion,
    List<Figure> figures,
    List<String> notes,
    List<Section> sections) {

  public Page {
    scope = List.copyOf(scope);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
    sections = List.copyOf(sections);
  }

  /// Its tables, in order.
  public List<Table> tables() {
    return sections.stream().flatMap(section -> section.tables().stream()).toList();
  }
}
