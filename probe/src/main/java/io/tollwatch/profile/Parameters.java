package io.tollwatch.profile;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The parameters of a query or of a form body, decoded, in order, duplicates and all. Immutable.
record Parameters(List<Parameter> all) {

  /// One name and its value.
  record Parameter(String name, String value) {}

  Parameters {
    all = List.copyOf(all);
  }

  /// Reads `a=b&c=d`. What is badly encoded is taken as it stands.
  static Parameters of(String text) {
    List<Parameter> parameters = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('&', from);
      end = end < 0 ? text.length() : end;
      if (end > from) {
        parameters.add(parameter(text.substring(from, end)));
      }
      from = end + 1;
    }
    return new Parameters(parameters);
  }

  /// The parameters of a target's query.
  static Parameters ofTarget(String target) {
    int query = target.indexOf('?');
    return query < 0 ? new Parameters(List.of()) : of(target.substring(query + 1));
  }

  /// Whether a content type means a form.
  static boolean isForm(String contentType) {
    return contentType.regionMatches(
        true,
        0,
        "application/x-www-form-urlencoded",
        0,
        "application/x-www-form-urlencoded".length());
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0
        ? new Parameter(decoded(pair), "")
        : new Parameter(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badlyEncoded) {
      return text;
    }
  }
}
