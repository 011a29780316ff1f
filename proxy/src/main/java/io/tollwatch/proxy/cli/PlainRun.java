package io.tollwatch.proxy.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line by which nearly every sidecar is started, read without the library that reads
/// all others: its classes are of a format that no start-up cache holds, and to load them took a
/// seventh of the time until the first call. What is not as plain as this - help, a mistake, a file
/// of arguments - is left to the library, which reads what stands here alike.
final class PlainRun {

  private static final Set<String> NAMES = Set.of("--config", "--data", "--port", "--admin-port");

  private PlainRun() {}

  /// What is run by these arguments; empty if they are not plain, or not `run`.
  static Optional<ConfigChoice> of(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("run")) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String word = arguments[i].equals("-c") ? "--config" : arguments[i];
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value =
          equals >= 0 ? word.substring(equals + 1) : ++i < arguments.length ? arguments[i] : "";
      if (!NAMES.contains(name) || !plain(value) || given.put(name, value) != null) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          new ConfigChoice(
              path(given.get("--config")),
              path(given.get("--data")),
              number(given.get("--port")),
              number(given.get("--admin-port"))));
    } catch (InvalidPathException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Nothing that the library would take for an option, quotes or a file of arguments.
  private static boolean plain(String value) {
    return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
  }

  private static @Nullable Path path(@Nullable String value) {
    return value == null ? null : Path.of(value);
  }

  private static @Nullable Integer number(@Nullable String value) {
    return value == null ? null : Integer.valueOf(value);
  }
}
