package io.tollwatch.proxy.cli;

import io.tollwatch.document.Visible;

/// Makes text from outside harmless for terminals: control characters are shown, not obeyed.
final class Printable {

  private Printable() {}

  static String of(String text) {
    return Visible.of(text);
  }

  /// The same on one line.
  static String line(String text) {
    return Visible.line(text);
  }
}
