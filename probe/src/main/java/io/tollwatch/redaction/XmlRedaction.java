package io.tollwatch.redaction;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// Redacts XML, without DTD and entities from outside. Thread-safe. What it gives is well-formed:
/// of a text that breaks off, the beginning up to there with everything open closed. XML
/// declaration, comments and processing instructions are left out.
final class XmlRedaction {

  /// Attributes that name what an element or its `value` is: `<field name="cvc" value="123"/>`.
  private static final List<String> NAMING = List.of("name", "key", "id", "field");

  private final XMLInputFactory readers = readers();
  private final XMLOutputFactory writers = XMLOutputFactory.newDefaultFactory();
  private final SecretNames names;
  private final TextRedaction text;
  private final JsonRedaction json;

  XmlRedaction(SecretNames names, TextRedaction text, JsonRedaction json) {
    this.names = names;
    this.text = text;
    this.json = json;
  }

  /// The redacted text; empty if it is no XML from the start.
  Optional<Redacted> redact(String raw) {
    StringWriter out = new StringWriter(raw.length());
    Walk walk = new Walk();
    boolean whole = true;
    try {
      XMLStreamWriter writer = writer(out);
      try {
        walk.toTheEnd(reader(raw), writer);
      } catch (XMLStreamException e) {
        whole = false;
      }
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
    return walk.sawElement ? Optional.of(new Redacted(out.toString(), whole)) : Optional.empty();
  }

  static boolean looksLikeXml(String raw) {
    String start = raw.stripLeading();
    return start.length() > 2 && start.charAt(0) == '<' && Character.isLetter(start.charAt(1));
  }

  // Factories are dear to make, and not said to be thread-safe.
  private XMLStreamReader reader(String raw) throws XMLStreamException {
    synchronized (readers) {
      return readers.createXMLStreamReader(new StringReader(raw.strip()));
    }
  }

  private XMLStreamWriter writer(StringWriter out) throws XMLStreamException {
    synchronized (writers) {
      return writers.createXMLStreamWriter(out);
    }
  }

  /// Names are kept as they stand, prefix and all.
  private static XMLInputFactory readers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /// Copies XML event by event. Confined to one text.
  private final class Walk {

    private final List<String> path = new ArrayList<>();
    private final Deque<Rule> rules = new ArrayDeque<>();
    private boolean sawElement;

    void toTheEnd(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
      while (in.hasNext()) {
        switch (in.next()) {
          case XMLStreamConstants.START_ELEMENT -> open(in, out);
          case XMLStreamConstants.END_ELEMENT -> {
            path.removeLast();
            rules.pop();
            out.writeEndElement();
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters(in, out);
          default -> {} // nothing that a gateway would say something with
        }
      }
    }

    private void open(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
      sawElement = true;
      path.add(in.getLocalName());
      Rule rule = named(in, names.rule(path));
      rules.push(rule);
      out.writeStartElement(text.redact(in.getLocalName()));
      for (int i = 0; i < in.getAttributeCount(); i++) {
        attribute(in.getAttributeLocalName(i), in.getAttributeValue(i), rule, out);
      }
      if (rule.hidesStructure()) {
        out.writeCharacters(hidden(in, rule));
        path.removeLast();
        rules.pop();
        out.writeEndElement();
      }
    }

    private Rule named(XMLStreamReader in, Rule own) {
      Rule rule = own;
      for (int i = 0; i < in.getAttributeCount() && rule == Rule.OPEN; i++) {
        if (NAMING.contains(in.getAttributeLocalName(i))) {
          rule = names.rule(FormNames.path(in.getAttributeValue(i)));
        }
      }
      return rule;
    }

    private void attribute(String name, String value, Rule element, XMLStreamWriter out)
        throws XMLStreamException {
      path.add(name);
      Rule own = names.rule(path);
      path.removeLast();
      Rule rule = own.open() && !element.open() && !NAMING.contains(name) ? element : own;
      out.writeAttribute(text.redact(name), json.value(rule, value));
    }

    private void characters(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
      Rule rule = rules.isEmpty() ? Rule.OPEN : rules.peek();
      out.writeCharacters(in.isWhiteSpace() ? in.getText() : json.value(rule, in.getText()));
    }

    /// Reads an element to its end and gives the mask of all text in it.
    private String hidden(XMLStreamReader in, Rule rule) throws XMLStreamException {
      StringBuilder content = new StringBuilder();
      for (int depth = 1; depth > 0; ) {
        switch (in.next()) {
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              content.append(in.getText());
          default -> {} // part of no text
        }
      }
      return json.value(rule, content.toString().strip());
    }
  }
}
