package io.tollwatch.profile;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A body's text, read once. Immutable: nobody changes the tree. Nesting beyond 64 levels and
/// numbers beyond 100 digits make a body unreadable: then it says nothing.
///
/// @param kind what the text is
/// @param root the tree of JSON, XML or a form; a missing node otherwise
public record Content(Kind kind, JsonNode root) {

  /// What a text is, by its own look; content types lie (Alipay calls its JSON `text/html`).
  public enum Kind {
    EMPTY,
    /// A JSON object.
    JSON,
    /// JSON with a property that comes twice and disagrees: nobody knows which one was meant.
    AMBIGUOUS,
    /// An XML document, where one may come.
    XML,
    FORM,
    /// A page for people, or XML where none may come.
    MARKUP,
    /// Anything else, broken JSON or XML among it.
    OTHER
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode NOTHING = NODES.missingNode();
  private static final Set<Kind> ALL = Set.of(Kind.JSON, Kind.XML, Kind.FORM);

  /// How deep a form's keys may nest, as in `a[b][c]`; deeper ones are left out.
  private static final int MAX_KEY_DEPTH = 8;

  /// Reads an answer's body where only JSON may come.
  public static Content ofAnswer(String text) {
    return ofAnswer(text, Set.of(Kind.JSON));
  }

  /// Reads an answer's body.
  ///
  /// @param kinds what may come; JSON is always read
  public static Content ofAnswer(String text, Set<Kind> kinds) {
    String body = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    if (body.isEmpty()) {
      return new Content(Kind.EMPTY, NOTHING);
    }
    return switch (body.charAt(0)) {
      case '{' -> json(body);
      case '<' -> kinds.contains(Kind.XML) ? xml(body) : new Content(Kind.MARKUP, NOTHING);
      default ->
          kinds.contains(Kind.FORM) && looksLikeForm(body)
              ? new Content(Kind.FORM, form(Parameters.of(body)))
              : new Content(Kind.OTHER, NOTHING);
    };
  }

  /// Reads a request: its JSON or XML body, or the parameters of its query and its form together. A
  /// parameter whose value is a JSON object is read as one.
  ///
  /// @param contentType the body's, empty if unknown
  public static Content ofRequest(String target, String contentType, String text) {
    if (!Parameters.isForm(contentType)) {
      Content body = ofAnswer(text, Set.of(Kind.JSON, Kind.XML));
      if (body.kind == Kind.JSON || body.kind == Kind.XML) {
        return body;
      }
    }
    ObjectNode root = form(Parameters.ofTarget(target));
    if (Parameters.isForm(contentType)) {
      Parameters.of(text).all().forEach(each -> put(root, each));
    }
    return new Content(Kind.FORM, root);
  }

  private static Content json(String body) {
    try {
      JsonTree tree = new JsonTree(body);
      JsonNode root = tree.read();
      return tree.ambiguous() ? new Content(Kind.AMBIGUOUS, NOTHING) : new Content(Kind.JSON, root);
    } catch (JacksonException unreadable) {
      return new Content(Kind.OTHER, NOTHING);
    }
  }

  private static Content xml(String body) {
    if (isHtml(body)) {
      return new Content(Kind.MARKUP, NOTHING);
    }
    Optional<JsonNode> tree = XmlTree.read(body);
    return tree.map(root -> new Content(Kind.XML, root))
        .orElseGet(() -> new Content(Kind.OTHER, NOTHING));
  }

  private static boolean isHtml(String body) {
    return startsWith(body, "<!doctype html") || startsWith(body, "<html");
  }

  private static boolean startsWith(String body, String word) {
    return body.regionMatches(true, 0, word, 0, word.length());
  }

  /// A name, an equals sign, and no white space: prose has some.
  private static boolean looksLikeForm(String body) {
    return body.indexOf('=') > 0 && body.chars().noneMatch(Character::isWhitespace);
  }

  private static ObjectNode form(Parameters parameters) {
    ObjectNode root = NODES.objectNode();
    parameters.all().forEach(each -> put(root, each));
    return root;
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
    // the elements of a list, a[]=1&a[]=2, are named by their number, as others write them
    String last = steps[steps.length - 1];
    String name = last.isEmpty() ? Integer.toString(parent.size()) : last;
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
    return NODES.stringNode(text);
  }

  /// Whether this is a page for people rather than a gateway's answer.
  public boolean isPage() {
    return kind == Kind.MARKUP;
  }

  /// Whether it has a tree that paths lead into.
  public boolean isRead() {
    return ALL.contains(kind);
  }
}
