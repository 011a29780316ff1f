package io.tollwatch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.report.page.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void aColumnThatNoRowHasAnythingInCanBeLeftOut() {
    Column provider = new Column("provider", "Provider");
    Column code = new Column("code", "Its code");
    Column money = new Column("money", "Money");
    List<List<Cell>> rows =
        List.of(
            List.of(new Cell.Text("stripe"), new Cell.Absent(), new Cell.Absent()),
            List.of(new Cell.Text("adyen"), new Cell.Absent(), new Cell.Text("in_doubt")));

    Table shown =
        new Table("newest", List.of(provider, code, money), rows, "None.").withoutEmptyColumns();

    assertThat(shown.columns()).containsExactly(provider, money);
    assertThat(shown.rows())
        .containsExactly(
            List.of(new Cell.Text("stripe"), new Cell.Absent()),
            List.of(new Cell.Text("adyen"), new Cell.Text("in_doubt")));
  }
}
