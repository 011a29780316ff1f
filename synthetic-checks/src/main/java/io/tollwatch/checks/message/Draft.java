package io.tollwatch.checks.message;

import io.tollwatch.attempt.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A request of a check with all its values in place, not signed yet. Immutable; as secret as the
/// check's secrets.
///
/// @param target path and query, beginning with `/`
/// @param fields without a content type
public record Draft(String method, String target, Fields fields, Payload payload) {

  /// The content.
  public sealed interface Payload {

    /// No content.
    record None() implements Payload {}

    /// Parameters of a form, in order.
    record Form(Map<String, String> parameters) implements Payload {

      public Form {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      }
    }

    /// Text of some type.
    record Text(String text) implements Payload {}
  }

  /// This request with other parameters.
  public Draft withForm(Map<String, String> parameters) {
    return new Draft(method, target, fields, new Payload.Form(parameters));
  }

  /// This request with one field more.
  public Draft with(String name, String value) {
    return new Draft(method, target, fields.plus(name, value), payload);
  }

  /// The content as it is sent; empty if there is none.
  public Optional<String> content() {
    return switch (payload) {
      case Payload.None _ -> Optional.empty();
      case Payload.Text(String text) -> Optional.of(text);
      case Payload.Form(Map<String, String> parameters) -> Optional.of(encoded(parameters));
    };
  }

  /// Names and values as `a=b&c=d`.
  public static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Without what may be secret.
  @Override
  public String toString() {
    return "Draft[" + method + "]";
  }
}
