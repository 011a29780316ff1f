package io.tollwatch.checks.script;

import com.google.re2j.Pattern;
import io.tollwatch.document.Section;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Finds secrets that stand in a script itself, by the names of fields and by what keys look like.
/// Never repeats what it finds. Confined to one reading.
final class ClearSecrets {

  private static final String HINT = "put it under secrets with env or file, and write {{name}}";

  /// How keys of gateways begin, private keys, signed tokens.
  private static final Pattern KEY =
      Pattern.compile(
          "(sk|rk)_(test|live)_[A-Za-z0-9]{4,}|whsec_|rzp_(test|live)_[A-Za-z0-9]{6,}|(test|live)_[A-Za-z0-9]{28,}|-----BEGIN|\\bAQE[A-Za-z0-9+/]{20,}|\\beyJ[A-Za-z0-9_-]{10,}\\.|\\bAKIA[A-Z0-9]{12,}|\\bMII[A-Za-z0-9+/]{40,}");

  private static final List<String> NAMES =
      List.of(
          "authorization",
          "cookie",
          "secret",
          "password",
          "passwd",
          "apikey",
          "accesskey",
          "privatekey",
          "accesstoken",
          "authtoken",
          "credential",
          "signature");

  private final Section section;
  private final Check check;

  ClearSecrets(Section section, Check check) {
    this.section = section;
    this.check = check;
  }

  void check() {
    Section variables = section.section("variables");
    variables
        .keys()
        .forEach(
            name -> variables.tree(name).ifPresent(node -> look(node, variables.at(name), name)));
    for (String list : List.of("steps", "always")) {
      for (Section step : section.sections(list)) {
        for (String part : List.of("path", "query", "headers", "json", "form", "xml", "text")) {
          step.tree(part).ifPresent(node -> look(node, step.at(part), ""));
        }
      }
    }
  }

  /// As deep as a file may be.
  private void look(JsonNode node, JsonPointer at, String name) {
    for (var each : node.properties()) {
      look(each.getValue(), at.appendProperty(each.getKey()), each.getKey());
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      look(node.get(i), at.appendIndex(i), name);
    }
    if (node.isString() && isSecret(name, node.asString())) {
      section.wrong(at, " holds a secret in clear", HINT);
    }
  }

  private boolean isSecret(String name, String text) {
    if (KEY.matcher(text).find()) {
      return true;
    }
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return NAMES.stream().anyMatch(plain::contains) && !usesSecret(text);
  }

  private boolean usesSecret(String text) {
    try {
      return text.isEmpty()
          || Template.of(text).names().stream()
              .anyMatch(
                  name -> !check.values().containsKey(name) || check.values().get(name).secret());
    } catch (IllegalArgumentException noTemplate) {
      return true; // told already
    }
  }
}
