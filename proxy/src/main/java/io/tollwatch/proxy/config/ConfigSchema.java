package io.tollwatch.proxy.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema of the configuration file as it is shipped: the one description of its keys, for
/// editors and for us. Thread-safe.
final class ConfigSchema {

  static final String RESOURCE = "tollwatch.schema.json";
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new RangeKeyword())
          .keyword(new NonValidationKeyword("x-hint"))
          .build();
  private static final JsonNode TREE = JsonMapper.shared().readTree(resource(RESOURCE));
  private static final Schema SCHEMA = SchemaRegistry.withDialect(DIALECT).getSchema(TREE);

  private ConfigSchema() {}

  /// Every breach of the schema.
  static List<Error> breaches(JsonNode document) {
    return SCHEMA.validate(document);
  }

  /// The schema itself.
  static JsonNode tree() {
    return TREE;
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
