package io.tollwatch.report.write;

import io.tollwatch.document.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;

/// Writes exchanges' documents as JSON Lines, as they are kept. Confined to one export.
public final class ExchangeLines implements Consumer<String> {

  private final Writer out;

  /// Writes to that writer, which it does not close.
  public ExchangeLines(Writer out) {
    this.out = out;
  }

  @Override
  public void accept(String document) {
    try {
      out.write(Visible.line(document));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Flushes.
  public void end() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
