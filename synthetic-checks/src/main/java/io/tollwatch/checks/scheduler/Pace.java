package io.tollwatch.checks.scheduler;

import java.time.Duration;

/// How the scheduler goes. Immutable.
///
/// @param lead how long before its time a run is claimed: as long the database may be away without
///   any run being late
/// @param poll how often it is looked for runs to claim
/// @param heartbeat how often a replica says that it lives; one that has not said so four times is
///   dead, and its runs are taken over
/// @param atOnce how many checks run at once in this process
/// @param latest a run that could not begin within that time, or within the distance to the next,
///   is missed
public record Pace(Duration lead, Duration poll, Duration heartbeat, int atOnce, Duration latest) {

  /// Five seconds ahead, two looks a second, dead after eight seconds.
  public static Pace usual(int atOnce) {
    return new Pace(
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        atOnce,
        Duration.ofMinutes(10));
  }
}
