package io.tollwatch.redaction;

import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Redacts JSON, and JSON in strings in JSON. Thread-safe. What it gives is valid JSON: of a text
/// that breaks off, the beginning up to there with everything open closed.
final class JsonRedaction {

  private static final int MAX_ID = 64;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_STRINGS_IN_STRINGS = 3;

  private final JsonFactory json;
  private final SecretNames names;
  private final TextRedaction text;

  JsonRedaction(SecretNames names, TextRedaction text) {
    this.names = names;
    this.text = text;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();
  }

  /// The redacted text; empty if it is no JSON from the start.
  Optional<Redacted> redact(String raw) {
    return redact(raw, 0);
  }

  /// A value behind a name with that rule; it may be JSON itself.
  String value(Rule rule, String raw) {
    return value(rule, raw, 0);
  }

  String value(Rule rule, String raw, int depth) {
    if (rule.secret()) {
      return Mask.ALL;
    }
    if (rule == Rule.CARD_NUMBER) {
      return CardNumber.masked(raw);
    }
    if (rule == Rule.EXEMPT && oneWord(raw)) {
      return raw;
    }
    if (!looksLikeJson(raw)) {
      return text.redact(raw);
    }
    if (depth >= MAX_STRINGS_IN_STRINGS) {
      return Mask.ALL;
    }
    return redact(raw, depth + 1)
        .map(Redacted::text)
        .orElseGet(() -> text.redact(Escapes.undone(raw)));
  }

  /// No gateway makes ids of several words, or longer ones.
  static boolean oneWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '-' || c == '_')) {
        return false;
      }
    }
    return value.length() <= MAX_ID;
  }

  static boolean looksLikeJson(String raw) {
    int i = 0;
    while (i < raw.length() && raw.charAt(i) <= ' ') {
      i++;
    }
    return i + 1 < raw.length() && (raw.charAt(i) == '{' || raw.charAt(i) == '[');
  }

  private Optional<Redacted> redact(String raw, int depth) {
    StringWriter out = new StringWriter(raw.length());
    boolean whole = true;
    JsonWalk walk;
    try (JsonParser in = json.createParser(ObjectReadContext.empty(), raw);
        JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), out)) {
      walk = new JsonWalk(in, generator, names, text, (rule, value) -> value(rule, value, depth));
      try {
        walk.toTheEnd();
      } catch (JacksonException e) {
        whole = false; // cut, broken, or beyond a limit: what came before is good
      }
    }
    return whole || walk.sawContent()
        ? Optional.of(new Redacted(out.toString(), whole))
        : Optional.empty();
  }
}
