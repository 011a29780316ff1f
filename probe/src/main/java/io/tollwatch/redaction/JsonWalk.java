package io.tollwatch.redaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Copies JSON token by token and masks on the way. Confined to one text.
final class JsonWalk {

  private static final Set<String> NAMING = Set.of("name", "key", "field", "fieldName");

  private final JsonParser in;
  private final JsonGenerator out;
  private final SecretNames names;
  private final TextRedaction text;
  private final BiFunction<Rule, String, String> values;

  private final List<String> path = new ArrayList<>();

  /// Which of the open structures have a name of their own in the path.
  private final BitSet named = new BitSet();

  /// What a field such as `"name": "cvc"` says of the `value` after it.
  private Rule announced = Rule.OPEN;

  private int depth;
  private boolean sawContent;

  /// Written with its value: where the text breaks between them, there must be neither.
  private @Nullable String name;

  JsonWalk(
      JsonParser in,
      JsonGenerator out,
      SecretNames names,
      TextRedaction text,
      BiFunction<Rule, String, String> values) {
    this.in = in;
    this.out = out;
    this.names = names;
    this.text = text;
    this.values = values;
  }

  /// @throws tools.jackson.core.JacksonException where the text breaks
  void toTheEnd() {
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      take(token);
    }
  }

  /// Whether there was more than brackets.
  boolean sawContent() {
    return sawContent;
  }

  private void take(JsonToken token) {
    switch (token) {
      case PROPERTY_NAME -> {
        name = in.currentName();
        sawContent = true;
      }
      case START_OBJECT, START_ARRAY -> open(token);
      case END_OBJECT, END_ARRAY -> close(token);
      default -> scalar(token);
    }
  }

  private void open(JsonToken token) {
    if (rule().hidesStructure()) {
      in.skipChildren();
      writeName();
      out.writeString(Mask.ALL);
      return;
    }
    announced = Rule.OPEN;
    named.set(depth++, name != null);
    if (name != null) {
      path.add(name);
    }
    writeName();
    if (token == JsonToken.START_OBJECT) {
      out.writeStartObject();
    } else {
      out.writeStartArray();
    }
  }

  private void close(JsonToken token) {
    announced = Rule.OPEN;
    if (named.get(--depth)) {
      path.removeLast();
    }
    if (token == JsonToken.END_OBJECT) {
      out.writeEndObject();
    } else {
      out.writeEndArray();
    }
  }

  private void scalar(JsonToken token) {
    sawContent = true;
    Rule rule = rule();
    switch (token) {
      case VALUE_STRING -> {
        String raw = in.getString();
        String value = values.apply(rule, raw);
        if (name != null && NAMING.contains(name)) {
          announced = names.rule(FormNames.path(raw));
        }
        writeName();
        out.writeString(value);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String raw = in.getString();
        String value = values.apply(rule, raw);
        writeName();
        if (value.equals(raw)) {
          out.writeNumber(raw);
        } else {
          out.writeString(value);
        }
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        writeName();
        if (rule.secret()) {
          out.writeString(Mask.ALL);
        } else {
          out.writeBoolean(token == JsonToken.VALUE_TRUE);
        }
      }
      default -> {
        writeName();
        out.writeNull();
      }
    }
  }

  private Rule rule() {
    if (name == null) {
      return names.rule(path);
    }
    path.add(name);
    Rule rule = names.rule(path);
    path.removeLast();
    return rule == Rule.OPEN && name.equals("value") ? announced : rule;
  }

  private void writeName() {
    if (name != null) {
      out.writeName(text.redact(name));
      name = null;
    }
  }
}
