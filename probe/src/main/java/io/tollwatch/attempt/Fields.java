package io.tollwatch.attempt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The header fields of a message in the order of the wire, duplicates and all. Immutable.
public record Fields(List<Field> lines) implements Iterable<Field> {

  private static final Fields NONE = new Fields(List.of());

  public Fields {
    lines = List.copyOf(lines);
  }

  /// No field at all.
  public static Fields none() {
    return NONE;
  }

  /// Fields from names and values in turn.
  ///
  /// @throws IllegalArgumentException if the number of strings is odd
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value: " + namesAndValues.length);
    }
    Field[] fields = new Field[namesAndValues.length / 2];
    Arrays.setAll(fields, i -> new Field(namesAndValues[2 * i], namesAndValues[2 * i + 1]));
    return new Fields(List.of(fields));
  }

  /// The value of the first field of that name.
  public Optional<String> first(String name) {
    for (Field line : lines) {
      if (line.is(name)) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  /// The values of all fields of that name, in order.
  public Stream<String> all(String name) {
    return values(name).stream();
  }

  /// The values of all fields of that name, in order.
  public List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field line : lines) {
      if (line.is(name)) {
        values.add(line.value());
      }
    }
    return values;
  }

  /// Those fields that pass, in order.
  public Fields keep(Predicate<Field> test) {
    List<Field> kept = new ArrayList<>(lines.size());
    for (Field line : lines) {
      if (test.test(line)) {
        kept.add(line);
      }
    }
    return kept.size() == lines.size() ? this : new Fields(kept);
  }

  /// These fields followed by another one.
  public Fields plus(String name, String value) {
    return plus(List.of(new Field(name, value)));
  }

  /// These fields followed by others.
  public Fields plus(Fields others) {
    return others.lines.isEmpty() ? this : plus(others.lines);
  }

  private Fields plus(List<Field> others) {
    List<Field> all = new ArrayList<>(lines.size() + others.size());
    all.addAll(lines);
    all.addAll(others);
    return new Fields(all);
  }

  @Override
  public Iterator<Field> iterator() {
    return lines.iterator();
  }
}
