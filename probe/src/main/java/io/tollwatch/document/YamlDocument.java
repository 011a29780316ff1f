package io.tollwatch.document;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns one YAML text into a tree, noting where everything stands. Anchors, aliases and tags have
/// no use in such a file, so each is a problem, and nothing is ever expanded. Confined to one
/// reading.
public final class YamlDocument {

  private static final int MAX_DEPTH = 16;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).setLabel("document").build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

  private final String text;
  private final String emptyHint;
  private final Positions places;
  private final Problems problems;

  /// @param emptyHint what would be right where the file holds nothing
  /// @param places filled while reading
  public YamlDocument(String text, String emptyHint, Positions places, Problems problems) {
    this.text = text;
    this.emptyHint = emptyHint;
    this.places = places;
    this.problems = problems;
  }

  /// The tree, or empty where the text has no tree at all; then there is a problem that says why.
  public Optional<JsonNode> read() {
    try {
      return document(new Parse(SETTINGS).parseString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      // Only the short form: the long one quotes the file, and with it perhaps a secret.
      Position place = e.getProblemMark().map(YamlDocument::place).orElse(Position.START);
      syntax(place, e.getProblem() == null ? "unreadable" : e.getProblem());
    } catch (TooDeep e) {
      syntax(e.place, "nested more than " + MAX_DEPTH + " levels deep");
    } catch (YamlEngineException e) {
      syntax(firstUnprintable(), "a character that YAML does not allow");
    }
    return Optional.empty();
  }

  private Optional<JsonNode> document(Iterator<Event> events) {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      problems.at(JsonPointer.empty(), Position.START, "the file holds no settings", emptyHint);
      return Optional.empty();
    }
    JsonNode root = value(events.next(), events, JsonPointer.empty(), 0);
    events.next();
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      syntax(place(after), "a second document begins here");
    }
    return Optional.of(root);
  }

  private JsonNode value(Event event, Iterator<Event> events, JsonPointer pointer, int depth) {
    places.addValue(pointer, place(event));
    refuseReferences((NodeEvent) event, pointer);
    if (depth > MAX_DEPTH) {
      throw new TooDeep(place(event));
    }
    return switch (event) {
      case MappingStartEvent _ -> mapping(events, pointer, depth);
      case CollectionStartEvent _ -> sequence(events, pointer, depth);
      case ScalarEvent scalar -> scalar(scalar);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode mapping(Iterator<Event> events, JsonPointer pointer, int depth) {
    ObjectNode node = NODES.objectNode();
    for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; ) {
      String key = key(event, events, pointer, depth);
      JsonPointer child = pointer.appendProperty(key);
      boolean repeated = node.has(key);
      if (repeated) {
        String first = "first set in line " + places.key(child).line() + ", keep one of the two";
        problems.at(child, place(event), "key " + Shown.key(key) + " is set twice", first);
      } else {
        places.addKey(child, place(event));
      }
      JsonNode value = value(events.next(), events, child, depth + 1);
      if (!repeated) {
        node.set(key, value);
      }
      event = events.next();
    }
    return node;
  }

  private String key(Event event, Iterator<Event> events, JsonPointer pointer, int depth) {
    if (event instanceof ScalarEvent scalar) {
      refuseReferences(scalar, pointer);
      return scalar.getValue();
    }
    problems.at(pointer, place(event), "a key that is not text", "write a plain word as key");
    value(event, events, pointer.appendProperty("?"), depth + 1);
    return "?";
  }

  private ArrayNode sequence(Iterator<Event> events, JsonPointer pointer, int depth) {
    ArrayNode node = NODES.arrayNode();
    for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; ) {
      node.add(value(event, events, pointer.appendIndex(node.size()), depth + 1));
      event = events.next();
    }
    return node;
  }

  private static JsonNode scalar(ScalarEvent event) {
    String value = event.getValue();
    Tag tag =
        SETTINGS
            .getSchema()
            .getScalarResolver()
            .resolve(value, event.getImplicit().canOmitTagInPlainScalar());
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(Boolean.parseBoolean(value));
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(value) : NODES.stringNode(value);
  }

  /// Numbers in plain decimal digits; all other forms stay text, which no number of these files
  /// accepts (an exponent could make a number of any size).
  private static JsonNode number(String value) {
    return PLAIN_NUMBER.matcher(value).matches()
        ? NODES.numberNode(new BigDecimal(value))
        : NODES.stringNode(value);
  }

  private void refuseReferences(NodeEvent event, JsonPointer pointer) {
    if (event instanceof AliasEvent) {
      reference(pointer, event, "an alias (*name)");
    } else if (event.getAnchor().isPresent()) {
      reference(pointer, event, "an anchor (&name)");
    } else if (tag(event).isPresent()) {
      reference(pointer, event, "a tag (!name)");
    }
  }

  private void reference(JsonPointer pointer, Event event, String what) {
    problems.at(pointer, place(event), what + " is not allowed here", "write the value itself");
  }

  private static Optional<String> tag(NodeEvent event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  private void syntax(Position place, String what) {
    problems.at(
        JsonPointer.empty(),
        place,
        "not valid YAML: " + what,
        "check the indentation, quotes and brackets here and just above");
  }

  private Position firstUnprintable() {
    int line = 1;
    int column = 1;
    for (int codePoint : text.codePoints().toArray()) {
      if (!StreamReader.isPrintable(codePoint)) {
        return new Position(line, column);
      }
      column = codePoint == '\n' ? 1 : column + 1;
      line = codePoint == '\n' ? line + 1 : line;
    }
    return Position.START;
  }

  private static Position place(Event event) {
    return event.getStartMark().map(YamlDocument::place).orElse(Position.START);
  }

  private static Position place(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Position place;

    TooDeep(Position place) {
      super(null, null, false, false);
      this.place = place;
    }
  }
}
