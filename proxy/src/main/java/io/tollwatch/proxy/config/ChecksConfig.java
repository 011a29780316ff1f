package io.tollwatch.proxy.config;

import io.tollwatch.checks.script.Check;
import java.util.List;

/// The checks that a sidecar runs by their schedules. Immutable.
///
/// @param atOnce how many run at once in this process; default 16, from 1 to 256
/// @param scheduled those of the files that have a schedule, at most 1000
public record ChecksConfig(int atOnce, List<Check> scheduled) {

  public ChecksConfig {
    scheduled = List.copyOf(scheduled);
  }

  /// None.
  public static ChecksConfig defaults() {
    return new ChecksConfig(16, List.of());
  }
}
