package io.tollwatch.proxy.cli;

import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/// A verdict for machines, in the design's words. Stateless.
final class VerdictJson {

  private VerdictJson() {}

  static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("category", verdict.category().word());
    json.put("fault", verdict.fault().word());
    json.put("money", verdict.money().word());
    json.put("action", verdict.action().word());
    verdict.gateway().code().ifPresent(code -> json.put("code", code));
    verdict.gateway().message().ifPresent(message -> json.put("message", message));
    verdict.gateway().requestId().ifPresent(id -> json.put("gateway_request_id", id));
    json.put("routing_health", verdict.routingHealth());
    json.put("sla_fault", verdict.slaFault());
    json.put("rule", verdict.rule());
    json.put("judged_by", verdict.judgedBy());
    Trail trail = verdict.trail();
    trail.at().ifPresent(at -> json.put("at", at));
    json.put("by_user", trail.byUser());
    trail.overruled().ifPresent(rule -> json.put("overruled", rule));
    trail.finalSource().ifPresent(source -> json.put("final_source", source));
    trail.unmapped().ifPresent(code -> json.put("unmapped", code));
    trail.unmappedAt().ifPresent(at -> json.put("unmapped_at", at));
    trail.stop().ifPresent(at -> json.put("stop", at));
    json.put("amount_differs", trail.amountDiffers());
    return json;
  }
}
