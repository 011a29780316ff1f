package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// An answer that Tollwatch makes itself: a problem document (RFC 9457), with the facts that tell a
/// caller whether it may try again, in the body and in `Tollwatch-*` fields. Immutable.
///
/// @param kind the last part of the type, such as `nothing-sent`
/// @param facts members beyond those of the RFC, by name
record Problem(int status, String kind, String title, String detail, Map<String, Object> facts) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  Problem(int status, String kind, String title, String detail) {
    this(status, kind, title, detail, Map.of());
  }

  /// This problem with one more fact.
  Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new Problem(status, kind, title, detail, more);
  }

  AnswerHead head(Fields tollwatch) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Content-Type", "application/problem+json"));
    fields.add(new Field("Cache-Control", "no-store"));
    tollwatch.forEach(fields::add);
    return new AnswerHead(status, "Tollwatch", new Fields(fields));
  }

  byte[] body() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:tollwatch:problem:" + kind);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.putAll(facts);
    return JSON.writeValueAsBytes(members);
  }
}
