package io.tollwatch.proxy.config;

import io.tollwatch.proxy.config.Loading.Failed;
import io.tollwatch.proxy.config.Loading.Loaded;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;

/// Fetches secrets from the environment or from files that not everybody can read. Thread-safe.
final class SecretReader {

  private static final int MAX_BYTES = 64 << 10;

  private final Map<String, String> environment;

  SecretReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// A secret of one line that a header field can carry.
  Loading<Secret> line(SecretRef reference) {
    return switch (text(reference)) {
      case Failed<String>(String message, String hint) -> new Failed<>(message, hint);
      case Loaded<String>(String text) -> line(text, "the secret in " + named(reference));
    };
  }

  /// A secret of several lines, such as a key in PEM form.
  Loading<String> text(SecretRef reference) {
    Loading<String> read =
        switch (reference) {
          case SecretRef.Env(String name) -> variable(name);
          case SecretRef.FromFile(Path path) -> file(path);
        };
    return read instanceof Loaded<String>(String text) && text.isEmpty()
        ? new Failed<>(named(reference) + " is empty", "put the secret there")
        : read;
  }

  private static Loading<Secret> line(String text, String name) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      return new Failed<>(name + " holds a control character", "keep it on one line, without tabs");
    }
    if (text.chars().anyMatch(c -> c > 0x7F)) {
      return new Failed<>(
          name + " holds a character that a header field can't carry", "use ASCII only");
    }
    return text.equals(text.strip())
        ? new Loaded<>(new Secret(text))
        : new Failed<>(name + " begins or ends with a space", "remove the space");
  }

  private Loading<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .<Loading<String>>map(Loaded::new)
        .orElseGet(() ->
            new Failed<>(
                "environment variable " + name + " is not set",
                "set it before the start, or refer to a file with {file: /path}"));
  }

  private static Loading<String> file(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        return new Failed<>("no file at " + path, "name a file that exists");
      }
      if (isReadableByAll(path)) {
        return new Failed<>("everybody can read " + path, "chmod 600 " + path);
      }
      if (Files.size(path) > MAX_BYTES) {
        return new Failed<>(path + " is longer than 64 KiB", "name a file with only the secret");
      }
      return new Loaded<>(withoutLineEnd(Files.readString(path)));
    } catch (CharacterCodingException e) {
      return new Failed<>(path + " is not text in UTF-8", "name a text file with only the secret");
    } catch (IOException e) {
      return new Failed<>("can't read " + path, "let the sidecar's user read it");
    }
  }

  private static boolean isReadableByAll(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    // Without POSIX permissions there is nothing to ask.
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\r?\\n\\z", "");
  }

  private static String named(SecretRef reference) {
    return switch (reference) {
      case SecretRef.Env(String name) -> "environment variable " + name;
      case SecretRef.FromFile(Path path) -> path.toString();
    };
  }
}
