package io.tollwatch.profile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A body's text, read once. Immutable: nobody changes the tree. Nesting beyond 64 levels, numbers
/// beyond 100 digits and properties that come twice make a body unreadable: then it says nothing.
///
/// @param kind what the text is
/// @param root the tree of JSON or of a form; a missing node otherwise
public record Content(Kind kind, JsonNode root) {

  /// What a text is, by its own look; content types lie (Alipay calls its JSON `text/html`).
  public enum Kind {
    EMPTY,
    /// A JSON object.
    JSON,
    FORM,
    /// A page for people, or XML.
    MARKUP,
    /// Anything else, broken JSON among it.
    OTHER
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .maxNameLength(1_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  /// How deep a form's keys may nest, as in `a[b][c]`; deeper ones are left out.
  private static final int MAX_KEY_DEPTH = 8;

  /// Reads an answer's body.
  public static Content ofAnswer(String text) {
    String body = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    if (body.isEmpty()) {
      return new Content(Kind.EMPTY, NOTHING);
    }
    return switch (body.charAt(0)) {
      case '{' -> json(body);
      case '<' -> new Content(Kind.MARKUP, NOTHING);
      default -> new Content(Kind.OTHER, NOTHING);
    };
  }

  /// Reads a request: its JSON body, or the parameters of its query and its form together. A
  /// parameter whose value is a JSON object is read as one.
  ///
  /// @param contentType the body's, empty if unknown
  public static Content ofRequest(String target, String contentType, String text) {
    if (!Parameters.isForm(contentType)) {
      Content body = ofAnswer(text);
      if (body.kind == Kind.JSON) {
        return body;
      }
    }
    ObjectNode root = MAPPER.createObjectNode();
    Parameters.ofTarget(target).all().forEach(each -> put(root, each));
    if (Parameters.isForm(contentType)) {
      Parameters.of(text).all().forEach(each -> put(root, each));
    }
    return new Content(Kind.FORM, root);
  }

  private static Content json(String body) {
    try {
      JsonNode root = MAPPER.readTree(body);
      return new Content(Kind.JSON, root);
    } catch (JacksonException unreadable) {
      return new Content(Kind.OTHER, NOTHING);
    }
  }

  /// Puts `a[b]` below `a`. The first of two wins.
  private static void put(ObjectNode root, Parameters.Parameter parameter) {
    String[] steps = parameter.name().replace("]", "").split("\\[", -1);
    if (steps.length > MAX_KEY_DEPTH) {
      return;
    }
    ObjectNode parent = root;
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = parent.path(steps[i]);
      if (next.isMissingNode()) {
        parent = parent.putObject(steps[i]);
      } else if (next instanceof ObjectNode object) {
        parent = object;
      } else {
        return;
      }
    }
    String name = steps[steps.length - 1];
    if (parent.path(name).isMissingNode()) {
      parent.set(name, value(parameter.value()));
    }
  }

  private static JsonNode value(String text) {
    if (text.startsWith("{")) {
      Content json = json(text);
      if (json.kind == Kind.JSON) {
        return json.root;
      }
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  /// Whether this is a page for people rather than a gateway's answer.
  public boolean isPage() {
    return kind == Kind.MARKUP;
  }
}
