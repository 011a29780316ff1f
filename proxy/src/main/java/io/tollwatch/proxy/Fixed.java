package io.tollwatch.proxy;

import io.tollwatch.proxy.config.Configuration;
import java.util.Optional;

/// The settings that a reload can't change, because others hold on to them.
final class Fixed {

  private Fixed() {}

  /// Which of them changed; empty if none did.
  static Optional<String> changed(Configuration now, Configuration next) {
    if (!now.data().equals(next.data())) {
      return needsRestart("data");
    }
    if (!now.admin().equals(next.admin())) {
      return needsRestart("admin");
    }
    return now.log().equals(next.log()) ? Optional.empty() : needsRestart("log");
  }

  private static Optional<String> needsRestart(String key) {
    return Optional.of("a change of '" + key + "' needs a restart; nothing was changed");
  }
}
