package io.tollwatch.profile;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Map;
import java.util.Set;

/// What may not and what may be kept of a gateway's messages. Immutable.
///
/// @param fields names of secret fields, anywhere in a JSON body, a form or a query, compared
///   without case; or paths such as `$.source.number`
/// @param headers names of header fields that may be kept besides the common ones
/// @param exempt places in answers, `$.pspReference` or `header pspReference`, whose values the
///   gateway makes by itself: what looks like a card number there is none
public record Secrets(Set<String> fields, Set<String> headers, Set<String> exempt) {

  public Secrets {
    fields = Set.copyOf(fields);
    headers = Set.copyOf(headers);
    exempt = Set.copyOf(exempt);
  }

  /// As redaction takes them: a field is named by name, or by path where the name alone would hide
  /// too much.
  public io.tollwatch.redaction.Secrets forRedaction() {
    Map<Boolean, Set<String>> byPath =
        fields.stream()
            .collect(partitioningBy(field -> field.startsWith("$"), toUnmodifiableSet()));
    return new io.tollwatch.redaction.Secrets(
        byPath.getOrDefault(false, Set.of()), byPath.getOrDefault(true, Set.of()), exempt, headers);
  }
}
