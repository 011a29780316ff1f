package io.tollwatch.redaction;

/// Redacts a request target or a URL: user, path segments, query, fragment. Thread-safe. What needs
/// no mask stays byte for byte.
final class TargetRedaction {

  private final FormRedaction form;

  TargetRedaction(FormRedaction form) {
    this.form = form;
  }

  String redact(String raw) {
    int fragment = end(raw, '#', 0, raw.length());
    int query = end(raw, '?', 0, fragment);
    StringBuilder out = new StringBuilder(raw.length());
    path(raw, origin(raw, query, out), query, out);
    if (query < fragment) {
      out.append('?').append(form.redact(raw.substring(query + 1, fragment)));
    }
    if (fragment < raw.length()) {
      out.append('#').append(form.redact(raw.substring(fragment + 1)));
    }
    return out.toString();
  }

  /// Appends scheme and host, who the user is left out; returns where the path begins.
  private static int origin(String raw, int limit, StringBuilder out) {
    int scheme = raw.indexOf("://");
    if (scheme < 0 || scheme >= limit || raw.indexOf('/') < scheme) {
      return 0;
    }
    int start = scheme + 3;
    int end = end(raw, '/', start, limit);
    int user = raw.lastIndexOf('@', end - 1);
    out.append(raw, 0, start);
    if (user >= start) {
      out.append(Mask.ALL).append(raw, user, end);
    } else {
      out.append(raw, start, end);
    }
    return end;
  }

  private void path(String raw, int from, int to, StringBuilder out) {
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || raw.charAt(i) == '/') {
        out.append(form.piece(raw.substring(start, i), false));
        if (i < to) {
          out.append('/');
        }
        start = i + 1;
      }
    }
  }

  private static int end(String raw, char mark, int from, int limit) {
    int i = raw.indexOf(mark, from);
    return i < 0 || i > limit ? limit : i;
  }
}
