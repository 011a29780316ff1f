package io.tollwatch.proxy.telemetry;

import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.ledger.JournaledLedger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Writes down how providers of channels come to stand: in the ledger, so that a restart does not
/// forget an order, and in the log. Thread-safe.
public final class ChannelNews implements Consumer<ChannelChange> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JournaledLedger ledger;
  private final Consumer<String> lines;

  /// @param lines where lines go, without line ends
  public ChannelNews(JournaledLedger ledger, Consumer<String> lines) {
    this.ledger = ledger;
    this.lines = lines;
  }

  @Override
  public void accept(ChannelChange change) {
    ledger.channel(change); // what can't be kept is counted there
    lines.accept(JSON.writeValueAsString(line(change)));
  }

  private static Map<String, Object> line(ChannelChange change) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", change.at().toString());
    line.put("event", "channel");
    line.put("channel", change.channel());
    line.put("provider", change.provider());
    line.put("to", change.to().word());
    line.put("share", change.share());
    line.put("reason", change.reason());
    change.who().ifPresent(who -> line.put("who", who));
    line.put("until", change.until().toString());
    return line;
  }
}
