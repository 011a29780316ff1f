package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table.Column;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatestTest {

  private static final List<Column> COLUMNS =
      Stream.of("provider", "code", "category", "calls", "message", "latest")
          .map(name -> new Column(name, name))
          .toList();

  private final Latest latest = new Latest();

  private List<List<Cell>> rows(int most) {
    return latest.table("codes", COLUMNS, most, true, "none").rows();
  }

  /// Whichever came first: the same data gives the same table, in the order that people look it up.
  @Test
  void theMostFrequentComeFirstAndEquallyFrequentOnesByTheirWords() {
    latest.add("e1", "", "stripe", "b", "unknown");
    latest.add("e2", "at first", "stripe", "c", "unknown");
    latest.add("e3", "", "stripe", "a", "unknown");
    latest.add("e4", "at last", "stripe", "c", "unknown");
    latest.add("e5", "", "adyen", "d", "unknown");

    assertThat(rows(10))
        .containsExactly(
            row("stripe", "c", 2, new Cell.Text("at last"), "e4"),
            row("adyen", "d", 1, new Cell.Absent(), "e5"),
            row("stripe", "a", 1, new Cell.Absent(), "e3"),
            row("stripe", "b", 1, new Cell.Absent(), "e1"));
    assertThat(rows(1)).hasSize(1);
  }

  private static List<Cell> row(String provider, String code, long count, Cell said, String id) {
    return List.of(
        new Cell.Text(provider),
        new Cell.Text(code),
        new Cell.Text("unknown"),
        new Cell.Count(count),
        said,
        new Cell.Code(id));
  }

  /// A gateway that makes up a code for each call must not fill the memory; those that are known
  /// are counted on.
  @Test
  void takesNoMoreKindsThanItMayHold() {
    for (int i = 0; i < Latest.MAX_KINDS + 10; i++) {
      latest.add("e" + i, "", "stripe", "code-" + i, "unknown");
    }
    latest.add("again", "", "stripe", "code-7", "unknown");

    List<List<Cell>> rows = rows(Integer.MAX_VALUE);
    assertThat(rows).hasSize(Latest.MAX_KINDS);
    assertThat(rows.getFirst()).contains(new Cell.Count(2), new Cell.Code("again"));
  }
}
