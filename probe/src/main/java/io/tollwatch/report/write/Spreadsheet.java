package io.tollwatch.report.write;

import io.tollwatch.document.Visible;

/// Text from outside as a cell of CSV: spreadsheets run what looks like a formula, so that is
/// preceded by an apostrophe. Stateless.
final class Spreadsheet {

  /// What a formula may begin with; the wide ones count as such in some languages.
  private static final String BEGINNINGS = "=+-@\t\r\n|%＝＋－＠";

  private Spreadsheet() {}

  static String defused(String text) {
    String shown = Visible.line(text);
    boolean harmless =
        text.isEmpty()
            || (BEGINNINGS.indexOf(text.charAt(0)) < 0
                && BEGINNINGS.indexOf(text.stripLeading().concat("x").charAt(0)) < 0);
    return harmless ? shown : "'" + shown;
  }
}
