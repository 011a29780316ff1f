package io.tollwatch.checks.script;

import io.tollwatch.checks.script.RequestScript.Body;
import io.tollwatch.document.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Reads the request of a step. Confined to one reading.
final class RequestBinder {

  private static final List<String> BODIES = List.of("json", "form", "xml", "text");
  private static final String HINT = "write {{name}}, with letters, digits and hyphens in the name";

  private final Section step;

  RequestBinder(Section step) {
    this.step = step;
  }

  RequestScript bind() {
    if (!step.has("path") && !step.has("repeats")) {
      // the schema asks a step for it; a clean-up may repeat a step instead
      step.wrongKey("path", " is missing", "add path, or repeats");
    }
    Body body = body();
    boolean content = !(body instanceof Body.None);
    return new RequestScript(
        step.text("method").orElse(content ? "POST" : "GET"),
        template(step, "path").orElseGet(() -> Template.of("/")),
        texts("query"),
        texts("headers"),
        body,
        content ? Optional.of(step.text("content-type").orElse(usual(body))) : Optional.empty());
  }

  private static String usual(Body body) {
    return switch (body) {
      case Body.None _ -> "";
      case Body.Json _ -> "application/json";
      case Body.Form _ -> "application/x-www-form-urlencoded";
      case Body.Xml _ -> "text/xml; charset=utf-8";
      case Body.Text _ -> "text/plain; charset=utf-8";
    };
  }

  private Body body() {
    List<String> given = new ArrayList<>(BODIES);
    given.removeIf(kind -> !step.has(kind));
    for (String more : given.isEmpty() ? given : given.subList(1, given.size())) {
      step.wrongKey(more, " is a second body", "keep one of " + String.join(", ", given));
    }
    if (given.isEmpty()) {
      return new Body.None();
    }
    return switch (given.getFirst()) {
      case "json" ->
          step.tree("json")
              .flatMap(node -> guarded(step, "json", () -> JsonTemplate.of(node)))
              .<Body>map(Body.Json::new)
              .orElseGet(Body.None::new);
      case "form" -> new Body.Form(parameters());
      case "xml" -> template(step, "xml").<Body>map(Body.Xml::new).orElseGet(Body.None::new);
      default -> template(step, "text").<Body>map(Body.Text::new).orElseGet(Body.None::new);
    };
  }

  private Map<String, JsonTemplate> parameters() {
    return each(
        step.section("form"),
        node ->
            node.isObject()
                ? JsonTemplate.of(node)
                : new JsonTemplate.Text(Template.of(node.asString(""))));
  }

  private Map<String, Template> texts(String key) {
    return each(step.section(key), node -> Template.of(CheckBinder.text(node)));
  }

  private static <T> Map<String, T> each(Section section, Function<JsonNode, T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    for (String name : section.keys()) {
      section
          .tree(name)
          .flatMap(node -> guarded(section, name, () -> reader.apply(node)))
          .ifPresent(value -> all.put(name, value));
    }
    return all;
  }

  private static Optional<Template> template(Section section, String key) {
    return section.text(key).flatMap(text -> guarded(section, key, () -> Template.of(text)));
  }

  private static <T> Optional<T> guarded(Section section, String key, Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (IllegalArgumentException noTemplate) {
      section.wrong(key, " has {{ without a name and }}", HINT);
      return Optional.empty();
    }
  }
}
