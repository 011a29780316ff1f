package io.tollwatch.proxy.config;

import io.tollwatch.checks.script.Check;
import java.time.Duration;
import java.util.List;

/// The checks that a sidecar runs by their schedules. Immutable.
///
/// @param atOnce how many run at once in this process; default 16, from 1 to 256
/// @param leakAfter how long what checks took may be out before somebody is told; default 1h, from
///   1m to 30d
/// @param scheduled those of the files that have a schedule, at most 1000
public record ChecksConfig(int atOnce, Duration leakAfter, List<Check> scheduled) {

  /// How long test money may be out where the file says nothing.
  public static final Duration LEAK_AFTER = Duration.ofHours(1);

  public ChecksConfig {
    scheduled = List.copyOf(scheduled);
  }

  /// None.
  public static ChecksConfig defaults() {
    return new ChecksConfig(16, LEAK_AFTER, List.of());
  }
}
