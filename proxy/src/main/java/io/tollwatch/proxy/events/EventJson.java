package io.tollwatch.proxy.events;

import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Events as JSON: `{"type", "timestamp", "data"}`. Stateless.
final class EventJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventJson() {}

  /// The same each time that it is told, so that the service can pass over what it has.
  static String id(Resolution resolution) {
    return "res_" + resolution.exchange() + "_" + resolution.at().toEpochMilli();
  }

  static byte[] bytes(Resolution resolution) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exchange", resolution.exchange());
    data.put("money", resolution.money() == Money.SUCCEEDED ? "succeeded" : "not_taken");
    data.put("by", resolution.by().word());
    data.put("reason", resolution.reason());
    resolution.who().ifPresent(who -> data.put("who", who));
    resolution.evidence().ifPresent(evidence -> data.put("evidence", evidence));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "payment.resolved");
    event.put("timestamp", resolution.at().toString());
    event.put("data", data);
    return JSON.writeValueAsBytes(event);
  }
}
