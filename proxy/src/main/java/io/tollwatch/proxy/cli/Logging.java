package io.tollwatch.proxy.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// Keeps libraries quiet, for good: their wire logs would show what must never be written down.
final class Logging {

  /// Takes the place of whatever was configured. A level or a filter of a parent does not reach a
  /// child that has a level of its own; so there are none, and the one handler takes warnings only.
  /// Only db-scheduler has one: with its database away it would say so with a stack trace, twice a
  /// second, where the status says it once.
  private static final String QUIET =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = WARNING
      com.github.kagkarlsson.level = OFF
      java.util.logging.ConsoleHandler.level = WARNING
      """;

  private Logging() {}

  /// Lets nothing finer than a warning through, whatever the command line or a file asks for. To be
  /// called before anything else.
  static void quieten() {
    // it would print what goes through TLS
    System.clearProperty("javax.net.debug");
    try {
      LogManager.getLogManager()
          .readConfiguration(new ByteArrayInputStream(QUIET.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
