package io.tollwatch.checks.script;

import io.tollwatch.calendar.Crontab;
import io.tollwatch.calendar.MaintenanceWindow;
import io.tollwatch.calendar.WindowReader;
import io.tollwatch.checks.schedule.Patience;
import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.schedule.Slots;
import io.tollwatch.checks.schedule.Timetable;
import io.tollwatch.document.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads when a check runs, and tells schedules that never come. Confined to one reading.
final class ScheduleBinder {

  private static final Duration HOUR = Duration.ofHours(1);

  /// Any time does: a crontab names no year, so what comes after it comes after any.
  private static final Instant REFERENCE = Instant.EPOCH;

  private final Section section;

  ScheduleBinder(Section section) {
    this.section = section;
  }

  /// The schedule; empty if something is wrong with it, which is told.
  Optional<Schedule> bind(String check) {
    List<MaintenanceWindow> maintenance = WindowReader.read(section);
    Patience patience = patience();
    Optional<Schedule> schedule =
        slots()
            .map(slots ->
                new Schedule(
                    slots,
                    section.duration("jitter"),
                    section.duration("re-check"),
                    patience,
                    maintenance));
    schedule.ifPresent(whole -> sound(Timetable.of(check, whole)));
    return schedule;
  }

  private Optional<Slots> slots() {
    if (section.has("zone") && !section.has("cron")) {
      section.wrong("zone", " needs cron", "write cron beside it, or remove it");
    }
    if (!section.has("cron")) {
      return Optional.of(new Slots.Every(section.duration("every", HOUR)));
    }
    Optional<ZoneId> zone = WindowReader.zone(section);
    Optional<String> fields = section.text("cron");
    Optional<String> wrong = fields.flatMap(Crontab::wrong);
    wrong.ifPresent(why ->
        section.wrong("cron", ": " + why, "write five fields such as \"*/5 8-18 * * MON-FRI\""));
    return wrong.isPresent()
        ? Optional.empty()
        : fields.flatMap(text -> zone.map(clock -> new Slots.Cron(text, clock)));
  }

  private Patience patience() {
    Patience usual = Patience.usual();
    Section down = section.section("down-after");
    int failed = down.integer("failed", usual.failed());
    int of = down.integer("of", Math.max(failed, usual.of()));
    if (failed > of) {
      down.wrong("failed", " is more than of", "look at as many runs as must have failed");
    }
    return new Patience(failed, of, section.integer("up-after", usual.passed()));
  }

  private void sound(Timetable timetable) {
    String key = section.has("cron") ? "cron" : "every";
    if (timetable.next(REFERENCE).isEmpty()) {
      section.wrong(
          key,
          " can never run" + (section.has("maintenance") ? " outside of maintenance" : ""),
          "write times that come");
      return;
    }
    Duration usual = timetable.interval(REFERENCE);
    shorter("jitter", usual.dividedBy(2), "at most half of the time between two runs");
    shorter("re-check", usual, "no more than the time between two runs");
  }

  private void shorter(String key, Duration limit, String hint) {
    if (section.duration(key).filter(each -> each.compareTo(limit) > 0).isPresent()) {
      section.wrong(key, " is too long", "write " + hint);
    }
  }
}
