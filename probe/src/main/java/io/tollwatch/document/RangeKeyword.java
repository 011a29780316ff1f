package io.tollwatch.document;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The schema keyword `range`, our own: the least and the greatest duration or size, both allowed.
/// Standard JSON Schema bounds only numbers. Thread-safe.
final class RangeKeyword extends AbstractKeyword {

  static final String NAME = "range";

  RangeKeyword() {
    super(NAME);
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode range, Schema parent, SchemaContext context) {
    return new BaseKeywordValidator(this, range, location, parent, context) {
      @Override
      public void validate(
          ExecutionContext execution, JsonNode node, JsonNode root, NodePath instance) {
        if (isOutside(node, range)) {
          execution.addError(
              error()
                  .keyword(NAME)
                  .instanceNode(node)
                  .instanceLocation(instance)
                  .evaluationPath(execution.getEvaluationPath())
                  .messageKey(NAME)
                  .message("out of range")
                  .build());
        }
      }
    };
  }

  private static boolean isOutside(JsonNode node, JsonNode range) {
    return magnitude(node)
        .filter(value ->
            value.compareTo(magnitude(range.get(0)).orElseThrow()) < 0
                || value.compareTo(magnitude(range.get(1)).orElseThrow()) > 0)
        .isPresent();
  }

  private static Optional<Long> magnitude(JsonNode node) {
    String text = node.isString() ? node.asString() : "";
    return DurationText.parse(text)
        .map(DurationText::duration)
        .map(Duration::toMillis)
        .or(() -> SizeText.parse(text).map(SizeText::bytes));
  }
}
