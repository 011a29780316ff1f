package io.tollwatch.proxy.config;

import io.tollwatch.document.DocumentSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// The JSON Schema of the configuration file as it is shipped. Thread-safe.
final class ConfigSchema {

  static final String RESOURCE = "tollwatch.schema.json";
  static final DocumentSchema SCHEMA = DocumentSchema.of(resource(RESOURCE));

  /// What may be written where a file holds nothing.
  static final String EMPTY_HINT =
      "write a section such as egress: or providers:, or leave the file out";

  private ConfigSchema() {}

  /// The schema itself.
  static JsonNode tree() {
    return SCHEMA.tree();
  }

  /// A text file that is shipped beside this class.
  static String resource(String name) {
    try (InputStream stream = ConfigSchema.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
