package io.tollwatch.report.incident;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The calls of some minutes up to the one that is looked at. Confined to one look.
record Recent(Course course, long minute, int length, Tally tally) {

  /// The last five minutes where that many calls are enough to say something, else the last half
  /// hour.
  ///
  /// @param calls those that count
  static Recent of(Course course, long minute, ToLongFunction<Tally> calls, int enough) {
    Recent brief = of(course, minute, Course.SHORT);
    return calls.applyAsLong(brief.tally) >= enough ? brief : of(course, minute, Course.LONG);
  }

  private static Recent of(Course course, long minute, int length) {
    return new Recent(course, minute, length, course.recent(minute, length));
  }

  /// When its first minute that is like that began, or it itself if none is.
  Instant first(Predicate<Tally> like) {
    return course.first(minute, length, like).orElseGet(this::start);
  }

  /// When its last minute that is like that ended, or it itself began if none is.
  Instant last(Predicate<Tally> like) {
    return course.last(minute, length, like).orElseGet(this::start);
  }

  private Instant start() {
    return Course.start(minute + 1 - length);
  }

  /// When the minute that is looked at ended.
  Instant end() {
    return Course.start(minute + 1);
  }
}
