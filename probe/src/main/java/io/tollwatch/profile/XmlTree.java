package io.tollwatch.profile;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads XML as a tree like JSON's, so that the same paths lead into it: an element with elements
/// is an object, one with text is that text, elements of one name beside each other are a list, and
/// the root element is the only property of the root. Prefixes are dropped, attributes are not
/// read. A document type, an entity of its own, more than 64 levels or more than 20,000 elements
/// make it unreadable. Stateless.
final class XmlTree {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_ELEMENTS = 20_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final XMLInputFactory FACTORY = factory();

  private XmlTree() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /// One open element.
  private record Open(String name, ObjectNode children, StringBuilder text) {

    static Open of(String name) {
      return new Open(
          name.substring(name.lastIndexOf(':') + 1), NODES.objectNode(), new StringBuilder());
    }

    JsonNode closed() {
      return children.isEmpty() ? NODES.stringNode(text.toString().strip()) : children;
    }

    void add(Open child) {
      JsonNode value = child.closed();
      JsonNode earlier = children.path(child.name());
      if (earlier.isMissingNode()) {
        children.set(child.name(), value);
      } else if (earlier instanceof ArrayNode list) {
        list.add(value);
      } else {
        children.set(child.name(), NODES.arrayNode().add(earlier).add(value));
      }
    }
  }

  /// The tree, or empty if the text is no well-formed XML within the limits.
  static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(tree(FACTORY.createXMLStreamReader(new StringReader(text))));
    } catch (XMLStreamException | RuntimeException unreadable) {
      // the JDK's parser reports some broken documents by unchecked exceptions
      return Optional.empty();
    }
  }

  private static JsonNode tree(XMLStreamReader reader) throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    open.push(Open.of(""));
    int elements = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          open.push(Open.of(reader.getLocalName()));
          if (open.size() > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            throw new XMLStreamException("too large");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Open ended = open.pop();
          open.element().add(ended);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().text().append(reader.getText());
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("a document type or an entity");
        default -> {}
      }
    }
    return open.element().children();
  }
}
