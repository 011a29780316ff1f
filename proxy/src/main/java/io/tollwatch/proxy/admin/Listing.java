package io.tollwatch.proxy.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends exchanges as `{"exchanges":[...]}`, one by one. The head goes out with the first of them.
/// Confined to one answer.
final class Listing implements Consumer<Exchange> {

  private final ServerResponse response;
  private @Nullable OutputStream out;

  Listing(ServerResponse response) {
    this.response = response;
  }

  @Override
  public void accept(Exchange exchange) {
    write((begun() ? "," : "{\"exchanges\":[") + ExchangeJson.write(exchange));
  }

  /// Whether anything was sent.
  boolean begun() {
    return out != null;
  }

  void end() {
    write(begun() ? "]}" : "{\"exchanges\":[]}");
    try {
      opened().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    try {
      opened().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutputStream opened() {
    OutputStream opened = out;
    if (opened == null) {
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
      response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
      opened = response.outputStream();
      out = opened;
    }
    return opened;
  }
}
