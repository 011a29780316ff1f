package io.tollwatch.proxy.config;

import java.time.Duration;
import java.util.Optional;

/// How long what is recorded is kept. Immutable.
///
/// @param maxAge age at which exchanges are removed, never where it is empty; default empty, from
///   1h to 3650d
public record LedgerConfig(Optional<Duration> maxAge) {

  /// The settings where no file says otherwise.
  public static LedgerConfig defaults() {
    return new LedgerConfig(Optional.empty());
  }
}
