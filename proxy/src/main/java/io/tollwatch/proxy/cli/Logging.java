package io.tollwatch.proxy.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps libraries quiet, for good: their wire logs would show what must never be written down.
final class Logging {

  /// Held so that the levels are not collected with the loggers.
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger(""),
          Logger.getLogger("io.helidon"),
          Logger.getLogger("org.apache.hc"),
          Logger.getLogger("org.eclipse.jetty"),
          Logger.getLogger("com.networknt"));

  private Logging() {}

  static void quieten() {
    for (Logger logger : QUIET) {
      logger.setLevel(Level.WARNING);
      // whatever somebody configures: nothing finer than a warning ever comes from a library
      logger.setFilter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue());
    }
  }
}
