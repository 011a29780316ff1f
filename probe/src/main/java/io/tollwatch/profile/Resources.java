package io.tollwatch.profile;

import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.Section;
import io.tollwatch.document.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JsonPointer;

/// The shipped data files of this package. Thread-safe.
final class Resources {

  private Resources() {}

  static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  static boolean exists(String name) {
    return Resources.class.getResource(name) != null;
  }

  /// Reads a shipped YAML file.
  ///
  /// @throws IllegalStateException if the reader finds a problem in it
  static <T> T document(String name, Function<Section, T> reader) {
    Positions places = new Positions();
    Problems problems = new Problems(Path.of(name), places);
    T read =
        new YamlDocument(text(name), "write the data", places, problems)
            .read()
            .map(tree -> reader.apply(new Section(tree, JsonPointer.empty(), problems)))
            .orElse(null);
    if (read == null || !problems.isEmpty()) {
      throw new IllegalStateException("broken: " + problems.sorted());
    }
    return read;
  }
}
