package io.tollwatch.redaction;

/// Redacts `application/x-www-form-urlencoded` content and queries. Thread-safe. What needs no mask
/// stays byte for byte.
final class FormRedaction {

  private final SecretNames names;
  private final TextRedaction text;
  private final JsonRedaction json;

  FormRedaction(SecretNames names, TextRedaction text, JsonRedaction json) {
    this.names = names;
    this.text = text;
    this.json = json;
  }

  /// Whether a text is one word with `name=` in front and `&` in it.
  static boolean looksLikeForm(String raw) {
    int equals = raw.indexOf('=');
    return equals > 0
        && raw.indexOf('&') > 0
        && raw.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '"');
  }

  String redact(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    int start = 0;
    while (start <= raw.length()) {
      int next = raw.indexOf('&', start);
      int end = next < 0 ? raw.length() : next;
      pair(raw.substring(start, end), out);
      if (next >= 0) {
        out.append('&');
      }
      start = end + 1;
    }
    return out.toString();
  }

  private void pair(String raw, StringBuilder out) {
    int equals = raw.indexOf('=');
    if (equals < 0) {
      out.append(piece(raw, true));
      return;
    }
    String name = raw.substring(0, equals);
    String value = raw.substring(equals + 1);
    Rule rule = names.rule(FormNames.path(Percent.decode(name, true)));
    out.append(piece(name, true)).append('=');
    if (rule == Rule.OPEN) {
      String decoded = Percent.decode(value, true);
      out.append(
          JsonRedaction.looksLikeJson(decoded) ? nested(value, decoded) : piece(value, true));
    } else {
      out.append(Percent.encode(json.value(rule, Percent.decode(value, true))));
    }
  }

  private String nested(String raw, String decoded) {
    String redacted = json.value(Rule.OPEN, decoded);
    return redacted.equals(decoded) ? raw : Percent.encode(redacted);
  }

  /// A part of a target or form without a name of its own.
  String piece(String raw, boolean plusIsBlank) {
    String decoded = Percent.decode(raw, plusIsBlank);
    String masked = text.redact(decoded);
    return masked.equals(decoded) ? raw : Percent.encode(masked);
  }
}
