package io.tollwatch.checks.script;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.message.Draft;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A request as a script has it, with places for values. Immutable.
///
/// @param contentType what the content is said to be; empty without content
public record RequestScript(
    String method,
    Template path,
    Map<String, Template> query,
    Map<String, Template> headers,
    Body body,
    Optional<String> contentType) {

  /// The content.
  public sealed interface Body {

    /// No content.
    record None() implements Body {}

    /// JSON.
    record Json(JsonTemplate tree) implements Body {}

    /// A form; a map in it is sent as JSON.
    record Form(Map<String, JsonTemplate> parameters) implements Body {

      public Form {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      }
    }

    /// XML: values are escaped.
    record Xml(Template text) implements Body {}

    /// Any other text: values are put in as they are.
    record Text(Template text) implements Body {}
  }

  public RequestScript {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// The names that it has places for.
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(path.names());
    query.values().forEach(each -> names.addAll(each.names()));
    headers.values().forEach(each -> names.addAll(each.names()));
    names.addAll(
        switch (body) {
          case Body.None _ -> Set.of();
          case Body.Json(JsonTemplate tree) -> tree.names();
          case Body.Form(Map<String, JsonTemplate> parameters) -> names(parameters);
          case Body.Xml(Template text) -> text.names();
          case Body.Text(Template text) -> text.names();
        });
    return names;
  }

  private static Set<String> names(Map<String, JsonTemplate> parameters) {
    Set<String> names = new LinkedHashSet<>();
    parameters.values().forEach(each -> names.addAll(each.names()));
    return names;
  }

  /// The request with the values in their places.
  ///
  /// @throws IllegalArgumentException if a value can't stand in a header field
  public Draft fill(Function<String, Value> values) {
    Map<String, String> parameters = new LinkedHashMap<>();
    query.forEach(
        (name, text) -> parameters.put(name, text.fill(values, UnaryOperator.identity())));
    String target =
        path.fill(values, RequestScript::inPath)
            + (parameters.isEmpty() ? "" : "?" + Draft.encoded(parameters));
    List<Field> fields = new ArrayList<>();
    headers.forEach((name, text) ->
        fields.add(new Field(name, header(text.fill(values, UnaryOperator.identity())))));
    return new Draft(method, target, new Fields(fields), payload(values));
  }

  private Draft.Payload payload(Function<String, Value> values) {
    return switch (body) {
      case Body.None _ -> new Draft.Payload.None();
      case Body.Json(JsonTemplate tree) -> new Draft.Payload.Text(tree.fill(values).toString());
      case Body.Form(Map<String, JsonTemplate> parameters) -> {
        Map<String, String> filled = new LinkedHashMap<>();
        parameters.forEach((name, value) -> filled.put(name, value.text(values)));
        yield new Draft.Payload.Form(filled);
      }
      case Body.Xml(Template text) ->
          new Draft.Payload.Text(text.fill(values, RequestScript::inXml));
      case Body.Text(Template text) ->
          new Draft.Payload.Text(text.fill(values, UnaryOperator.identity()));
    };
  }

  private static String header(String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new IllegalArgumentException("a control character in a header field");
    }
    return value;
  }

  /// One segment: a value never makes another path of it.
  private static String inPath(String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }

  private static String inXml(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
