package io.tollwatch.redaction;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Masks secrets that are known by their value, as they stand in text, in URLs, in JSON and XML,
/// and in Base64. Immutable; does not show itself. Takes time linear in the text for each secret.
final class KnownSecrets {

  private static final KnownSecrets NONE = new KnownSecrets(List.of());
  private static final String MASKED = "***";

  private final List<String> forms;

  private KnownSecrets(List<String> forms) {
    this.forms = forms;
  }

  static KnownSecrets none() {
    return NONE;
  }

  static KnownSecrets of(Collection<String> values) {
    Set<String> forms = new LinkedHashSet<>();
    for (String value : values) {
      String json = value.replace("\\", "\\\\").replace("\"", "\\\"");
      forms.add(value);
      forms.add(json);
      forms.add(json.replace("/", "\\/"));
      forms.add(value.replace("\n", "\\n"));
      forms.add(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
      forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
      forms.add(
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }
    // a form that holds another one goes first
    return new KnownSecrets(
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  String mask(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, MASKED);
    }
    return masked;
  }

  Fields mask(Fields fields) {
    return forms.isEmpty()
        ? fields
        : new Fields(
            fields.lines().stream()
                .map(line -> new Field(mask(line.name()), mask(line.value())))
                .toList());
  }

  @Override
  public String toString() {
    return "KnownSecrets[***]";
  }
}
