package io.tollwatch.proxy.events;

import io.tollwatch.exchange.Resolution;
import io.tollwatch.reconcile.DoubleCharge;
import io.tollwatch.reconcile.Doubt;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// Events as JSON: `{"type", "timestamp", "data"}`. Stateless.
final class EventJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventJson() {}

  /// The same each time that it is told, so that the service can pass over what it has.
  static String id(Resolution resolution) {
    return "res_" + resolution.exchange() + "_" + resolution.at().toEpochMilli();
  }

  static String id(Doubt doubt) {
    return "doubt_" + doubt.exchange();
  }

  static String id(DoubleCharge twice) {
    return "twice_" + twice.first() + "_" + twice.second();
  }

  static byte[] bytes(Doubt doubt) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exchange", doubt.exchange());
    data.put("provider", doubt.provider());
    data.put("operation", doubt.operation().word());
    data.put("money", doubt.money().word());
    doubt.reference().ifPresent(reference -> data.put("reference", reference));
    doubt.payment().ifPresent(payment -> data.put("payment", payment));
    amount(data, doubt.amountMinor(), doubt.currency());
    data.put("resolve", doubt.how().best().word());
    return event("payment.in_doubt", doubt.since(), data);
  }

  static byte[] bytes(DoubleCharge twice) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exchange", twice.first());
    data.put("provider", twice.firstProvider());
    data.put("second_exchange", twice.second());
    data.put("second_provider", twice.secondProvider());
    twice.reference().ifPresent(reference -> data.put("reference", reference));
    amount(data, twice.amountMinor(), twice.currency());
    return event("payment.taken_twice", twice.foundAt(), data);
  }

  private static void amount(
      Map<String, Object> data, OptionalLong amountMinor, Optional<String> currency) {
    amountMinor.ifPresent(amount -> data.put("amount_minor", amount));
    currency.ifPresent(text -> data.put("currency", text));
  }

  static byte[] bytes(Resolution resolution) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exchange", resolution.exchange());
    data.put("money", resolution.money() == Money.SUCCEEDED ? "succeeded" : "not_taken");
    data.put("by", resolution.by().word());
    data.put("reason", resolution.reason());
    resolution.who().ifPresent(who -> data.put("who", who));
    resolution.evidence().ifPresent(evidence -> data.put("evidence", evidence));
    return event("payment.resolved", resolution.at(), data);
  }

  private static byte[] event(String type, Instant at, Map<String, Object> data) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("timestamp", at.toString());
    event.put("data", data);
    return JSON.writeValueAsBytes(event);
  }
}
