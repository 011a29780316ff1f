package io.tollwatch.checks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.calendar.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimetableTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

  @Test
  void runsOnceInEachIntervalAtATimeThatAllReplicasAgreeOn() {
    List<Instant> times = times(every(HALF_MINUTE), "pay", 1_000);
    assertThat(times).isEqualTo(times(every(HALF_MINUTE), "pay", 1_000));
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
    }
    assertThat(Duration.between(NOON, times.getLast()))
        .isBetween(HALF_MINUTE.multipliedBy(998), HALF_MINUTE.multipliedBy(1_002));
  }

  @Test
  void checksDoNotAllBeginAtOnce() {
    Set<Long> seconds = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seconds.add(
          Timetable.of("check-" + i, every(HALF_MINUTE)).next(NOON).orElseThrow().getEpochSecond()
              % 30);
    }
    assertThat(seconds).as("seconds of the half minute in use").hasSizeGreaterThan(25);
  }

  @Test
  void jitterIsNeverMoreThanItSaysAndMayBeNone() {
    Schedule cron =
        new Schedule(
            new Slots.Cron("*/5 * * * *", ZoneId.of("UTC")),
            Optional.of(Duration.ofSeconds(7)),
            Optional.empty(),
            Patience.usual(),
            List.of());
    assertThat(times(cron, "pay", 100))
        .allSatisfy(time -> assertThat(time.getEpochSecond() % 300).isLessThan(7))
        .anySatisfy(time -> assertThat(time.toEpochMilli() % 300_000).isPositive());
    assertThat(times(nightly("Europe/Berlin", List.of()), "pay", 2))
        .containsExactly(
            Instant.parse("2026-11-27T01:30:00Z"), Instant.parse("2026-11-28T01:30:00Z"));
  }

  @Test
  void aTimeThatTheClockSkipsInSpringComesOnce() {
    Instant saturday = Instant.parse("2026-03-28T12:00:00Z");
    Timetable nightly = Timetable.of("pay", nightly("Europe/Berlin", List.of()));
    Instant first = nightly.next(saturday).orElseThrow();
    assertThat(first)
        .isBetween(Instant.parse("2026-03-29T00:59:59Z"), Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(nightly.next(first).orElseThrow()).isAfter(first);
  }

  @Test
  void doesNotRunInMaintenance() {
    MaintenanceWindow noon =
        new MaintenanceWindow.Once(NOON, NOON.plus(Duration.ofHours(1)), "new racks");
    Schedule schedule =
        new Schedule(
            new Slots.Every(HALF_MINUTE),
            Optional.empty(),
            Optional.empty(),
            Patience.usual(),
            List.of(noon));
    assertThat(Timetable.of("pay", schedule).next(NOON).orElseThrow())
        .isBetween(NOON.plusSeconds(3600), NOON.plusSeconds(3634));
  }

  @Test
  void whatNeverComesHasNoNextTime() {
    assertThat(Timetable.of("pay", cron("0 0 30 2 *")).next(NOON)).isEmpty();
    MaintenanceWindow always =
        new MaintenanceWindow.Recurring(
            "0 * * * *", Duration.ofHours(2), ZoneId.of("UTC"), "always");
    assertThat(Timetable.of("pay", nightly("UTC", List.of(always))).next(NOON)).isEmpty();
  }

  @Test
  void countsTheTimesThatWereMissed() {
    Timetable table = Timetable.of("pay", every(HALF_MINUTE));
    Instant first = table.next(NOON).orElseThrow();
    assertThat(table.between(first, first)).isZero();
    assertThat(table.between(first, first.plusSeconds(600))).isBetween(19, 20);
    assertThat(table.between(first, first.plus(Duration.ofDays(300))))
        .as("a bound")
        .isEqualTo(1_000);
  }

  @Test
  void rechecksSoonerThanUsual() {
    assertThat(Timetable.of("pay", every(HALF_MINUTE)).recheck(NOON))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(Timetable.of("pay", every(Duration.ofSeconds(6))).recheck(NOON))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(Timetable.of("pay", every(Duration.ofSeconds(5))).recheck(NOON))
        .isEqualTo(Duration.ofSeconds(5));
  }

  private static List<Instant> times(Schedule schedule, String name, int count) {
    Timetable table = Timetable.of(name, schedule);
    List<Instant> times = new ArrayList<>();
    Instant at = NOON;
    for (int i = 0; i < count; i++) {
      at = table.next(at).orElseThrow();
      times.add(at);
    }
    return times;
  }

  private static Schedule every(Duration distance) {
    return Schedule.every(distance);
  }

  private static Schedule cron(String fields) {
    return new Schedule(
        new Slots.Cron(fields, ZoneId.of("UTC")),
        Optional.empty(),
        Optional.empty(),
        Patience.usual(),
        List.of());
  }

  private static Schedule nightly(String zone, List<MaintenanceWindow> maintenance) {
    return new Schedule(
        new Slots.Cron("30 2 * * *", ZoneId.of(zone)),
        Optional.of(Duration.ZERO),
        Optional.empty(),
        Patience.usual(),
        maintenance);
  }
}
