package io.tollwatch.checks.schedule;

import io.tollwatch.calendar.MaintenanceWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When a check runs, as its script says. Immutable.
///
/// @param jitter how much later than its time a run may begin; default a tenth of the distance
///   between two, at most 30s
/// @param recheck the distance while it is not decided whether it is up or down; default a third of
///   the usual one, at least 5s
/// @param maintenance when it does not run
public record Schedule(
    Slots slots,
    Optional<Duration> jitter,
    Optional<Duration> recheck,
    Patience patience,
    List<MaintenanceWindow> maintenance) {

  public Schedule {
    maintenance = List.copyOf(maintenance);
  }

  /// With all defaults.
  public static Schedule every(Duration distance) {
    return new Schedule(
        new Slots.Every(distance), Optional.empty(), Optional.empty(), Patience.usual(), List.of());
  }
}
