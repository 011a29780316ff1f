package io.tollwatch.checks.record;

import io.tollwatch.attempt.Field;
import io.tollwatch.exchange.Intent;
import io.tollwatch.profile.Content;
import io.tollwatch.redaction.KeptBody;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A recorded request as a step has it. Stateless.
final class RecordedRequest {

  /// Fields that whoever sends a request makes anew.
  private static final List<String> MADE =
      List.of(
          "host",
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "expect",
          "date",
          "digest",
          "signature",
          "user-agent",
          "accept",
          "accept-encoding",
          "accept-language",
          "traceparent",
          "tracestate",
          "x-request-id",
          "cookie");

  private static final List<String> MADE_PREFIXES =
      List.of("tollwatch-", "x-stripe-client-", "sec-");

  private RecordedRequest() {}

  /// Whether enough of it was kept.
  static boolean isWhole(Intent intent) {
    return intent.body().state() == KeptBody.State.WHOLE;
  }

  /// Method, path, query, headers and body.
  static ObjectNode of(Intent intent) {
    ObjectNode step = JsonNodeFactory.instance.objectNode();
    step.put("method", intent.method());
    int query = intent.target().indexOf('?');
    step.put("path", query < 0 ? intent.target() : intent.target().substring(0, query));
    if (query >= 0) {
      step.set("query", parameters(intent.target().substring(query + 1)));
    }
    ObjectNode headers = headers(intent);
    if (!headers.isEmpty()) {
      step.set("headers", headers);
    }
    body(intent, step);
    return step;
  }

  private static ObjectNode headers(Intent intent) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    for (Field field : intent.fields().lines()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!MADE.contains(name) && MADE_PREFIXES.stream().noneMatch(name::startsWith)) {
        headers.put(field.name(), field.value());
      }
    }
    return headers;
  }

  private static void body(Intent intent, ObjectNode step) {
    String text = intent.body().text();
    if (text.isEmpty()) {
      return;
    }
    String type = intent.fields().first("Content-Type").orElse("");
    Optional<JsonNode> json =
        Optional.of(Content.ofAnswer(text))
            .filter(content -> content.kind() == Content.Kind.JSON)
            .map(Content::root);
    if (json.isPresent()) {
      step.set("json", json.get());
    } else if (type.contains("form-urlencoded")) {
      step.set("form", parameters(text));
    } else {
      step.put(text.startsWith("<") ? "xml" : "text", text);
      if (!type.isEmpty()) {
        step.put("content-type", type);
      }
    }
  }

  private static ObjectNode parameters(String encoded) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
