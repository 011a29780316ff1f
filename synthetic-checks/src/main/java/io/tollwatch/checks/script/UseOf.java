package io.tollwatch.checks.script;

import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where in a step a name is used. Immutable; of one reading.
///
/// @param at the value that has it
record UseOf(Section step, JsonPointer at, String name) {

  private static final List<String> PARTS =
      List.of(
          "path", "query", "headers", "json", "form", "xml", "text", "expect", "webhook", "done");

  /// The first use of a name, else the value of a key.
  static UseOf at(Section step, String name, String otherwise) {
    for (String part : PARTS) {
      JsonPointer found =
          step.tree(part)
              .map(node -> search(node, step.at(part), name))
              .orElse(JsonPointer.empty());
      if (!found.matches()) {
        return new UseOf(step, found, name);
      }
    }
    return new UseOf(step, step.at(otherwise), name);
  }

  void wrong(String hint) {
    step.wrong(at, " uses {{" + Shown.key(name).replace("'", "") + "}}, which nothing sets", hint);
  }

  /// Empty where it is not used. As deep as a file may be.
  private static JsonPointer search(JsonNode node, JsonPointer here, String name) {
    if (node.isString()) {
      return uses(node.asString(), name) ? here : JsonPointer.empty();
    }
    for (var each : node.properties()) {
      JsonPointer found = search(each.getValue(), here.appendProperty(each.getKey()), name);
      if (!found.matches()) {
        return found;
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      JsonPointer found = search(node.get(i), here.appendIndex(i), name);
      if (!found.matches()) {
        return found;
      }
    }
    return JsonPointer.empty();
  }

  private static boolean uses(String text, String name) {
    try {
      return Template.of(text).names().contains(name);
    } catch (IllegalArgumentException noTemplate) {
      return false; // told already
    }
  }
}
