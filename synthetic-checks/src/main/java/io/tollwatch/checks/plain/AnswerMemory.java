package io.tollwatch.checks.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What resolvers answered at the last run, in a file where there is one: of at most [#MOST]
/// probes, the newest. Thread-safe. A file that can't be read counts as none; one that can't be
/// written is tried again with the next answer.
public final class AnswerMemory {

  static final int MOST = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final System.Logger LOG = System.getLogger(AnswerMemory.class.getName());

  private final Optional<Path> file;
  private final SequencedMap<String, NavigableSet<String>> answers = new LinkedHashMap<>();

  private AnswerMemory(Optional<Path> file) {
    this.file = file;
    file.filter(Files::exists).ifPresent(this::read);
  }

  /// One that is forgotten with the process.
  public static AnswerMemory passing() {
    return new AnswerMemory(Optional.empty());
  }

  /// One in a file.
  public static AnswerMemory in(Path file) {
    return new AnswerMemory(Optional.of(file));
  }

  /// Remembers an answer.
  ///
  /// @return the one before
  synchronized Optional<NavigableSet<String>> swap(String key, Collection<String> now) {
    NavigableSet<String> before = answers.remove(key);
    answers.putLast(key, new TreeSet<>(now));
    while (answers.size() > MOST) {
      answers.pollFirstEntry();
    }
    if (before == null || !before.equals(answers.get(key))) {
      file.ifPresent(this::write);
    }
    return Optional.ofNullable(before);
  }

  private void read(Path from) {
    try {
      Map<String, TreeSet<String>> read =
          JSON.readValue(Files.readAllBytes(from), new TypeReference<>() {});
      answers.putAll(read);
    } catch (IOException | JacksonException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} can''t be read: {1}", from, e.getClass().getName());
    }
  }

  private void write(Path to) {
    Path next = to.resolveSibling(to.getFileName() + ".next");
    try {
      Files.write(next, JSON.writeValueAsBytes(answers));
      Files.move(next, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} can''t be written: {1}", to, e.getMessage());
    }
  }
}
