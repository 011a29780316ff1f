package io.tollwatch.profile;

import java.io.StringWriter;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a text as the content of an XML element. Stateless.
final class XmlText {

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private XmlText() {}

  /// The text, escaped; empty if it holds a character that XML 1.0 has no way to write. A control
  /// character in an id is a mistake, too.
  static Optional<String> of(String text) {
    if (text.codePoints().anyMatch(c -> !allowed(c))) {
      return Optional.empty();
    }
    StringWriter escaped = new StringWriter();
    try {
      XMLStreamWriter writer = FACTORY.createXMLStreamWriter(escaped);
      writer.writeCharacters(text);
      writer.close();
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
    return Optional.of(escaped.toString());
  }

  private static boolean allowed(int c) {
    return c >= ' ' && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }
}
