package io.tollwatch.routing;

import io.tollwatch.calendar.Calendar;
import io.tollwatch.calendar.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Which providers are in maintenance now, by the windows of the configuration in force.
/// Thread-safe; bounded by the number of providers that have had windows.
public final class Maintenance {

  private final Function<String, List<MaintenanceWindow>> windows;
  private final Map<String, Calendar> calendars = new ConcurrentHashMap<>();

  /// @param windows those of each provider in force
  public Maintenance(Function<String, List<MaintenanceWindow>> windows) {
    this.windows = windows;
  }

  /// No provider ever is.
  static Maintenance none() {
    return new Maintenance(_ -> List.of());
  }

  /// What is on at a provider, in one line with its end; empty if nothing is.
  Optional<String> at(String provider, Instant now) {
    List<MaintenanceWindow> own = windows.apply(provider);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Calendar calendar = calendars.get(provider);
    if (calendar == null || !calendar.isOf(own)) {
      calendar = new Calendar(own);
      calendars.put(provider, calendar);
    }
    return calendar
        .at(now)
        .map(open -> "in maintenance until " + open.until() + ": " + open.reason());
  }
}
