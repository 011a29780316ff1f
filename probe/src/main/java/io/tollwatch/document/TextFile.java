package io.tollwatch.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// Fetches a file's text, at most 1 MiB of UTF-8, without its byte order mark. Stateless.
public final class TextFile {

  private static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  /// The text, or empty where it can't be had; then there is a problem that says why.
  ///
  /// @param kind what the file is, as in `a configuration file`
  public static Optional<String> read(Path file, String kind, Problems problems) {
    if (!Files.isRegularFile(file)) {
      return unreadable(problems, "there is no such file", "name " + kind + " that exists");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        return unreadable(problems, "the file is longer than 1 MiB", "shorten it");
      }
      return decoded(Files.readAllBytes(file), problems);
    } catch (IOException e) {
      return unreadable(problems, "the file can't be read", "let the sidecar's user read it");
    }
  }

  private static Optional<String> decoded(byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean malformed = StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError();
    String text = out.flip().toString();
    if (!malformed) {
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
    Position position = new Position(line, text.length() - text.lastIndexOf('\n'));
    problems.at(
        JsonPointer.empty(), position, "a byte that is not UTF-8", "save the file as UTF-8");
    return Optional.empty();
  }

  private static Optional<String> unreadable(Problems problems, String message, String hint) {
    problems.at(JsonPointer.empty(), Position.START, message, hint);
    return Optional.empty();
  }
}
