package io.tollwatch.report.har;

import io.tollwatch.document.Visible;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.report.write.ExchangeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Writes exchanges as one HAR file, an entry a line, as they come. Confined to one export.
public final class HarWriter implements ExchangeWriter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HarMessages messages;
  private final Writer out;
  private boolean begun;

  /// Writes to that writer, which it does not close.
  ///
  /// @param version of this program
  /// @param urls the base URL of a provider, where it is known
  public HarWriter(Writer out, String version, Function<String, Optional<String>> urls) {
    this.messages = new HarMessages(urls);
    this.out = out;
    write("{\"log\":{\"version\":\"1.2\",\"creator\":");
    write(JSON.writeValueAsString(new Creator("tollwatch", version)));
    write(",\"pages\":[],\"entries\":[");
  }

  @Override
  public void accept(Exchange exchange) {
    write(begun ? ",\n" : "\n");
    begun = true;
    write(Visible.line(JSON.writeValueAsString(messages.entry(exchange))));
  }

  @Override
  public void end() {
    write("\n]}}\n");
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Who made the file.
  private record Creator(String name, String version) {}
}
