package io.tollwatch.checks.schedule;

import io.tollwatch.calendar.Calendar;
import io.tollwatch.calendar.Crontab;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;

/// The times at which one check runs. They follow from its name and its schedule alone, jitter
/// included, so that all replicas agree on them. Thread-safe.
public final class Timetable {

  /// Among how many times it is looked for one outside of maintenance: beyond that there is none.
  private static final int LOOKED_AT = 1_000;

  private static final Duration MOST_JITTER = Duration.ofSeconds(30);
  private static final Duration LEAST_RECHECK = Duration.ofSeconds(5);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final int JITTER_SHARE = 10;
  private static final int RECHECK_SHARE = 3;

  private final Schedule schedule;
  private final long seed;
  private final Times times;
  private final Calendar maintenance;

  private Timetable(Schedule schedule, long seed) {
    this.schedule = schedule;
    this.seed = seed;
    this.times =
        switch (schedule.slots()) {
          case Slots.Every(Duration every) -> new Grid(every.toMillis(), phase(seed, every));
          case Slots.Cron(String fields, var zone) -> new Lines(Crontab.of(fields, zone));
        };
    this.maintenance = new Calendar(schedule.maintenance());
  }

  /// Of a check.
  ///
  /// @throws IllegalArgumentException if its crontab is none
  public static Timetable of(String check, Schedule schedule) {
    return new Timetable(schedule, new SplittableRandom(check.hashCode()).nextLong());
  }

  /// The schedule that it follows.
  public Schedule schedule() {
    return schedule;
  }

  /// The first time after that one; empty if there is none.
  public Optional<Instant> next(Instant after) {
    Duration jitter = jitter(after);
    Instant from = after.minus(jitter);
    for (int i = 0; i < LOOKED_AT; i++) {
      Optional<Instant> slot = times.next(from);
      if (slot.isEmpty()) {
        return Optional.empty();
      }
      from = slot.get();
      Instant planned = from.plusMillis(late(from, jitter));
      Optional<Calendar.Open> closed = maintenance.at(planned);
      if (closed.isPresent()) {
        from = later(from, closed.get().until().minus(jitter).minusMillis(1));
      } else if (planned.isAfter(after)) {
        return Optional.of(planned);
      }
    }
    return Optional.empty();
  }

  /// How many times there are after one and up to another, at most 1,000.
  public int between(Instant after, Instant to) {
    int count = 0;
    Optional<Instant> next = next(after);
    while (count < LOOKED_AT && next.isPresent() && !next.get().isAfter(to)) {
      count++;
      next = next(next.get());
    }
    return count;
  }

  /// How far two times are from one another, about that time.
  public Duration interval(Instant about) {
    return times.distance(about);
  }

  /// The distance while it is not decided whether the check is up or down; never longer than the
  /// usual one.
  public Duration recheck(Instant about) {
    Duration usual = interval(about);
    Duration wanted =
        schedule.recheck().orElseGet(() -> longer(usual.dividedBy(RECHECK_SHARE), LEAST_RECHECK));
    return shorter(wanted, usual);
  }

  /// The next time while nothing is decided: after the run that was planned for that time, sooner
  /// than usual; empty if there is none.
  ///
  /// @param now when that run is over
  public Optional<Instant> soon(Instant planned, Instant now) {
    Instant again = later(planned.plus(recheck(planned)), now.plus(LEAST_PAUSE));
    Optional<Instant> usual = next(now);
    boolean sooner = usual.filter(again::isAfter).isEmpty() && maintenance.at(again).isEmpty();
    return sooner ? Optional.of(again.truncatedTo(ChronoUnit.MILLIS)) : usual;
  }

  private Duration jitter(Instant about) {
    Duration usual = interval(about);
    return shorter(
        schedule.jitter().orElseGet(() -> shorter(usual.dividedBy(JITTER_SHARE), MOST_JITTER)),
        usual.dividedBy(2));
  }

  private long late(Instant slot, Duration jitter) {
    return jitter.toMillis() == 0
        ? 0
        : new SplittableRandom(seed ^ slot.toEpochMilli()).nextLong(jitter.toMillis());
  }

  private static long phase(long seed, Duration every) {
    return Math.floorMod(seed, every.toMillis());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /// Times without jitter and maintenance.
  private sealed interface Times {

    /// The first after that one.
    Optional<Instant> next(Instant after);

    Duration distance(Instant about);
  }

  /// At one distance, all checks at another place in it.
  private record Grid(long everyMillis, long phaseMillis) implements Times {

    @Override
    public Optional<Instant> next(Instant after) {
      long slot = Math.floorDiv(after.toEpochMilli() - phaseMillis, everyMillis) + 1;
      return Optional.of(Instant.ofEpochMilli(slot * everyMillis + phaseMillis));
    }

    @Override
    public Duration distance(Instant about) {
      return Duration.ofMillis(everyMillis);
    }
  }

  private record Lines(Crontab crontab) implements Times {

    /// Where there is no second time.
    private static final Duration LONG = Duration.ofDays(366);

    @Override
    public Optional<Instant> next(Instant after) {
      return crontab.next(after);
    }

    @Override
    public Duration distance(Instant about) {
      Optional<Instant> first = crontab.next(about);
      return first
          .flatMap(crontab::next)
          .map(second -> Duration.between(first.get(), second))
          .orElse(LONG);
    }
  }
}
