package io.tollwatch.proxy.telemetry;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.health.BreakerListener;
import io.tollwatch.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Writes down what breakers do: in the ledger, so that a restart does not forget an outage, in the
/// metrics and in the log. Thread-safe.
public final class BreakerNews implements BreakerListener {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Ledger ledger;
  private final Metrics metrics;
  private final Consumer<String> lines;

  /// @param lines where lines go, without line ends
  public BreakerNews(Ledger ledger, Metrics metrics, Consumer<String> lines) {
    this.ledger = ledger;
    this.metrics = metrics;
    this.lines = lines;
  }

  @Override
  public void changed(BreakerChange change) {
    ledger.breaker(change); // what can't be kept is counted there
    metrics.breaker(change.breaker(), change.to());
    if (change.to() == BreakerState.OPEN) {
      metrics.opened(change.breaker());
    }
    lines.accept(JSON.writeValueAsString(line(change)));
  }

  @Override
  public void denied(BreakerKey breaker) {
    metrics.denied(breaker);
  }

  private static Map<String, Object> line(BreakerChange change) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", change.at().toString());
    line.put("event", "breaker");
    line.put("provider", change.breaker().provider());
    line.put("operation", change.breaker().operation().word());
    change.breaker().rail().ifPresent(rail -> line.put("rail", rail));
    line.put("from", change.from().word());
    line.put("to", change.to().word());
    line.put("reason", change.reason());
    change.who().ifPresent(who -> line.put("who", who));
    change.until().ifPresent(until -> line.put("until", until.toString()));
    line.put("reopenings", change.reopenings());
    return line;
  }
}
