package io.tollwatch.calendar;

import io.tollwatch.document.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the windows that stand under `maintenance` in a file. Stateless.
public final class WindowReader {

  private static final Duration HOUR = Duration.ofHours(1);

  private WindowReader() {}

  /// Reads them; those that are wrong are told, and left out.
  ///
  /// @param owner the section that has `maintenance`
  public static List<MaintenanceWindow> read(Section owner) {
    List<MaintenanceWindow> windows = new ArrayList<>();
    for (Section section : owner.sections("maintenance")) {
      String reason = section.text("reason").orElse("scheduled maintenance");
      zone(section)
          .flatMap(zone ->
              section.has("cron") ? recurring(section, zone, reason) : once(section, zone, reason))
          .ifPresent(windows::add);
    }
    return windows;
  }

  /// The time zone of a section; UTC where it names none, empty where it names none that there is.
  public static Optional<ZoneId> zone(Section section) {
    try {
      return Optional.of(section.text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      section.wrong("zone", " is no time zone", "write one such as Europe/Berlin");
      return Optional.empty();
    }
  }

  private static Optional<MaintenanceWindow> recurring(
      Section section, ZoneId zone, String reason) {
    String cron = section.text("cron").orElse("");
    Optional<String> wrong = cron.isEmpty() ? Optional.empty() : Crontab.wrong(cron);
    if (wrong.isPresent()) {
      section.wrong("cron", ": " + wrong.get(), "write five fields such as \"0 2 * * SUN\"");
    }
    return cron.isEmpty() || wrong.isPresent()
        ? Optional.empty()
        : Optional.of(
            new MaintenanceWindow.Recurring(cron, section.duration("for", HOUR), zone, reason));
  }

  private static Optional<MaintenanceWindow> once(Section section, ZoneId zone, String reason) {
    Optional<Instant> from = time(section, "from", zone);
    Optional<Instant> to = time(section, "to", zone);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      section.wrong("to", " is not after from", "write a later time");
      return Optional.empty();
    }
    return Optional.of(new MaintenanceWindow.Once(from.get(), to.get(), reason));
  }

  private static Optional<Instant> time(Section section, String key, ZoneId zone) {
    try {
      return section.text(key).map(text -> LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      section.wrong(key, " is no time", "write one such as 2026-12-01T02:00");
      return Optional.empty();
    }
  }
}
