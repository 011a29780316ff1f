package io.tollwatch.report.write;

import io.tollwatch.document.Visible;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Writes exchanges as JSON Lines, as they are kept. Confined to one export.
public final class ExchangeLines implements ExchangeWriter {

  private final Writer out;

  /// Writes to that writer, which it does not close.
  public ExchangeLines(Writer out) {
    this.out = out;
  }

  @Override
  public void accept(Exchange exchange) {
    try {
      out.write(Visible.line(ExchangeJson.write(exchange)));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
