package io.tollwatch.profile;

import io.tollwatch.attempt.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where in a message a fact stands. Immutable. Reading one takes time linear in the message and
/// never fails. It is written
///
/// - `$.error.code`: a path into the body, with JSON and XML alike (see [BodyPath]);
/// - `header Request-Id`: a header field;
/// - `status`: the HTTP status, as text;
/// - `path /v1/charges/{id}/capture`: the segment of the target's path that the placeholder stands
///   for; `{_}` stands for a segment that is not asked for, and a template that ends in `/*` takes
///   any rest.
public sealed interface Place permits BodyPath, Place.Header, Place.Status, Place.Segment {

  /// The most texts that are read from one place: one more is read, so that too many are noticed.
  int MAX_TEXTS = 256;

  /// The texts that stand there, of strings, numbers and booleans, in order; empty ones are left
  /// out.
  List<String> texts(Message message);

  /// The first text that stands there.
  default Optional<String> text(Message message) {
    List<String> texts = texts(message);
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.getFirst());
  }

  /// The first text that stands there.
  default Optional<String> text(Fields fields, Content content) {
    return text(Message.answer(0, fields, content));
  }

  /// Whether anything but null stands there.
  boolean present(Message message);

  /// The last word of it, to name rules by.
  String name();

  /// As profiles write it.
  String text();

  /// Reads a place as profiles write it.
  ///
  /// @throws IllegalArgumentException if it is none
  static Place of(String text) {
    if (text.equals("status")) {
      return new Status();
    }
    if (text.startsWith("header ") && text.length() > "header ".length()) {
      return new Header(text.substring("header ".length()));
    }
    if (text.startsWith("path /")) {
      return Segment.of(text.substring("path ".length()));
    }
    return BodyPath.of(text);
  }

  /// Whether a message has one of the values at each of the places, and something at each of the
  /// others.
  static boolean hold(Map<Place, Set<String>> when, List<Place> requires, Message message) {
    for (Map.Entry<Place, Set<String>> condition : when.entrySet()) {
      if (!holdsAny(condition.getKey().texts(message), condition.getValue())) {
        return false;
      }
    }
    for (Place place : requires) {
      if (!place.present(message)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsAny(List<String> texts, Set<String> values) {
    for (String text : texts) {
      if (values.contains(text)) {
        return true;
      }
    }
    return false;
  }

  /// A header field. Its name is compared without case, its value with case.
  record Header(String name) implements Place {

    @Override
    public List<String> texts(Message message) {
      return text(message).map(List::of).orElse(List.of());
    }

    @Override
    public Optional<String> text(Message message) {
      return message.fields().first(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public boolean present(Message message) {
      return message.fields().first(name).isPresent();
    }

    @Override
    public String text() {
      return "header " + name;
    }
  }

  /// The HTTP status of an answer.
  record Status() implements Place {

    @Override
    public List<String> texts(Message message) {
      return present(message) ? List.of(Integer.toString(message.status())) : List.of();
    }

    @Override
    public boolean present(Message message) {
      return message.status() > 0;
    }

    @Override
    public String name() {
      return "status";
    }

    @Override
    public String text() {
      return "status";
    }
  }

  /// One segment of a request's path.
  ///
  /// @param template the path's segments
  /// @param index of the segment that is meant
  record Segment(RouteTemplate template, int index) implements Place {

    private static final String ANY = "{_}";

    static Segment of(String path) {
      List<String> segments = Routes.segments(path);
      int index = -1;
      for (int i = 0; i < segments.size(); i++) {
        if (segments.get(i).startsWith("{") && !segments.get(i).equals(ANY)) {
          if (index >= 0) {
            throw new IllegalArgumentException("two placeholders: " + path);
          }
          index = i;
        }
      }
      if (index < 0) {
        throw new IllegalArgumentException("no placeholder: " + path);
      }
      return new Segment(RouteTemplate.ofPath(segments), index);
    }

    @Override
    public List<String> texts(Message message) {
      List<String> path = Routes.segments(message.target());
      return template.takesPath(path) ? List.of(path.get(index)) : List.of();
    }

    @Override
    public boolean present(Message message) {
      return !texts(message).isEmpty();
    }

    @Override
    public String name() {
      String placeholder = template.segments().get(index);
      return placeholder.substring(1, placeholder.length() - 1);
    }

    @Override
    public String text() {
      return "path /" + String.join("/", template.segments());
    }
  }
}
