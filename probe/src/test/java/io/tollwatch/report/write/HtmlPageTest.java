package io.tollwatch.report.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.TimeGrid;
import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Chart;
import io.tollwatch.report.page.Figure;
import io.tollwatch.report.page.Page;
import io.tollwatch.report.page.Section;
import io.tollwatch.report.page.Sentence;
import io.tollwatch.report.page.Table;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// A page with something hostile in each of its places: which of them can hold text from outside is
/// for no template to know.
class HtmlPageTest {

  private static final TimeWindow HOUR =
      TimeWindow.of(Instant.parse("2026-03-02T10:00:00Z"), Duration.ofHours(1));

  private final List<String> places = new ArrayList<>();

  /// It would end an attribute, and an element, and begin one.
  private String evil(String place) {
    places.add(place);
    return "\" onclick=\"x</p><img src=x alt=" + place + ">";
  }

  private Page page() {
    return new Page(
        "failures",
        evil("title"),
        HOUR,
        ZoneOffset.UTC,
        List.of(evil("scope")),
        Sentence.of(evil("conclusion")).and(new Cell.Code(evil("fact"))),
        List.of(new Figure(evil("figure"), new Cell.Text(evil("value")), true)),
        List.of(evil("note")),
        List.of(
            Section.of(evil("section"), evil("lead"), rows(), nothing()).with(stacked()),
            Section.of("lines", "", rows()).with(lines()),
            Section.of("parts", "", rows()).with(parts())));
  }

  private Table rows() {
    return new Table(
        evil("name"),
        List.of(
            new Table.Column("a", evil("column")),
            new Table.Column("b", "b"),
            new Table.Column("c", "c")),
        List.of(
            List.of(
                new Cell.Text(evil("text")),
                new Cell.Code(evil("code")),
                new Cell.Amount(1, evil("currency")))),
        "");
  }

  private Table nothing() {
    return new Table("none", List.of(new Table.Column("a", "a")), List.of(), evil("otherwise"));
  }

  private Chart stacked() {
    return new Chart.Stacked(
        evil("stacked"), evil("says"), TimeGrid.of(HOUR), List.of(series("columns")));
  }

  private Chart lines() {
    return new Chart.Lines(
        evil("lines"),
        evil("says-lines"),
        TimeGrid.of(HOUR),
        Chart.Unit.TIME,
        OptionalDouble.of(2),
        List.of(series("line")));
  }

  private Chart parts() {
    return new Chart.Parts(
        evil("parts"),
        evil("says-parts"),
        evil("unit"),
        List.of(evil("part")),
        List.of(new Chart.Bar(evil("bar"), List.of(2.0))));
  }

  private Chart.Series series(String name) {
    return new Chart.Series(
        evil(name), Collections.nCopies(TimeGrid.of(HOUR).size(), OptionalDouble.of(1)));
  }

  @Test
  void textIsTextWhereverItStands() {
    StringWriter out = new StringWriter();
    HtmlPage.write(page(), out);

    assertThat(out.toString())
        .doesNotContainIgnoringCase("<img")
        .as("a quote ends no attribute")
        .doesNotContain("=\"\" onclick", ": \" onclick");
    assertThat(places)
        .allSatisfy(place ->
            assertThat(out.toString())
                .containsIgnoringCase("&lt;img src=x alt=" + place.replace('_', ' ')));
  }
}
