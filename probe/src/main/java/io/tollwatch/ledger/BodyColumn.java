package io.tollwatch.ledger;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A document and the body that was in it. The store keeps bodies in columns of their own: so they
/// can be searched as they are, and forgotten earlier than the facts. Immutable.
///
/// @param json the document without the body's text
/// @param text the body's text; empty if there is none
record BodyColumn(String json, Optional<String> text) {

  private static final String TEXT = "text";

  /// Takes the text out.
  ///
  /// @param pointer where in the document the body is, if it is there
  static BodyColumn takenOut(ObjectNode document, String pointer) {
    if (!(document.at(pointer) instanceof ObjectNode body)) {
      return new BodyColumn(document.toString(), Optional.empty());
    }
    String text = body.remove(TEXT).asString();
    return new BodyColumn(document.toString(), Optional.of(text).filter(t -> !t.isEmpty()));
  }

  /// Puts the text back in.
  ObjectNode putBack(String pointer) {
    ObjectNode document = ExchangeJson.parse(json);
    if (document.at(pointer) instanceof ObjectNode body) {
      body.put(TEXT, text.orElse(""));
    }
    return document;
  }
}
