package io.tollwatch.report.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "|calc",
        "%0A",
        "\t=1",
        "\r=1",
        "  =1+1",
        "\u3000=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201"
      })
  void whatASpreadsheetWouldRunIsTextAlsoBehindBlanks(String text) {
    assertThat(Spreadsheet.defused(text)).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a=b", "order-1", "1-2", "x +1", "'=1"})
  void otherTextStaysAsItIs(String text) {
    assertThat(Spreadsheet.defused(text)).isEqualTo(text);
  }
}
