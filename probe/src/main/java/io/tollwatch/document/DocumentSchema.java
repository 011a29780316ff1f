package io.tollwatch.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema of a kind of file as it is shipped: the one description of its keys, for editors
/// and for us. Thread-safe.
public final class DocumentSchema {

  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new RangeKeyword())
          .keyword(new NonValidationKeyword("x-hint"))
          .build();

  private final JsonNode tree;
  private final Schema schema;

  private DocumentSchema(JsonNode tree) {
    this.tree = tree;
    this.schema = SchemaRegistry.withDialect(DIALECT).getSchema(tree);
  }

  /// The schema that a JSON text holds.
  public static DocumentSchema of(String json) {
    return new DocumentSchema(JsonMapper.shared().readTree(json));
  }

  /// Every breach of the schema.
  List<Error> breaches(JsonNode document) {
    return schema.validate(document);
  }

  /// The schema itself.
  public JsonNode tree() {
    return tree;
  }
}
