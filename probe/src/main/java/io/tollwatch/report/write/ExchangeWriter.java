package io.tollwatch.report.write;

import io.tollwatch.exchange.Exchange;
import java.util.function.Consumer;

/// Writes exchanges one by one as they come, however many. Confined to one export. Throws
/// [java.io.UncheckedIOException] if they can't be written.
public interface ExchangeWriter extends Consumer<Exchange> {

  /// Writes what follows the last one, and flushes.
  void end();
}
