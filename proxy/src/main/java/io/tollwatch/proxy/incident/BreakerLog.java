package io.tollwatch.proxy.incident;

import io.tollwatch.exchange.BreakerState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a sidecar's log says of the breakers of one provider that payments meet. Thread-safe.
final class BreakerLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String PAY = "pay";

  private final String provider;
  private final Consumer<Replay.Turn> listener;
  private final List<Replay.Turn> turns = new CopyOnWriteArrayList<>();

  BreakerLog(String provider, Consumer<Replay.Turn> listener) {
    this.provider = provider;
    this.listener = listener;
  }

  /// Takes a line of the log.
  void take(String line) {
    JsonNode read = JSON.readTree(line);
    if (read.path("event").asString("").equals("breaker")
        && read.path("provider").asString("").equals(provider)
        && read.path("operation").asString("").equals(PAY)) {
      Replay.Turn turn =
          new Replay.Turn(
              Instant.parse(read.path("time").asString()),
              read.path("rail").asString(PAY),
              state(read.path("from").asString()),
              state(read.path("to").asString()),
              read.path("reason").asString());
      turns.add(turn);
      listener.accept(turn);
    }
  }

  private static BreakerState state(String word) {
    return BreakerState.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// All of them, oldest first.
  List<Replay.Turn> turns() {
    return turns;
  }

  /// Whether all breakers let all calls through.
  boolean allClosed() {
    Map<String, BreakerState> last = new LinkedHashMap<>();
    turns.forEach(turn -> last.put(turn.breaker(), turn.to()));
    return last.values().stream().allMatch(BreakerState.CLOSED::equals);
  }
}
