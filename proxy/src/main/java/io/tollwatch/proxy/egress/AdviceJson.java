package io.tollwatch.proxy.egress;

import io.tollwatch.exchange.Outcome;
import io.tollwatch.routing.Advice;
import io.tollwatch.routing.Channel;
import io.tollwatch.taxonomy.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the desk says, as JSON.
final class AdviceJson {

  private AdviceJson() {}

  static Map<String, Object> of(Channel channel, Operation operation, Advice advice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", channel.name());
    json.put("operation", operation.word());
    json.put("provider", advice.provider().orElse(""));
    json.put("providers", advice.providers());
    return json;
  }

  static Map<String, Object> of(Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("exchange", outcome.id());
    json.put("category", outcome.verdict().category().word());
    json.put("money", outcome.claimed().word());
    json.put("action", outcome.verdict().action().word());
    json.put("rule", outcome.verdict().rule());
    return json;
  }
}
