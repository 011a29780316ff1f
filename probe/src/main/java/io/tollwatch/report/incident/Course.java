package io.tollwatch.report.incident;

import io.tollwatch.ledger.store.Fact;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The calls of one operation at one provider: the last half hour by the minute, and what is normal
/// there: the day that ended an hour ago, in steps of ten minutes. What is normal depends on that
/// day alone, so that each search finds the same. Confined to one search.
final class Course {

  /// Minutes that are looked at, at most.
  static final int LONG = 30;

  /// Minutes that are looked at where calls are many.
  static final int SHORT = 5;

  private static final int STEP = 10;
  private static final int SETTLING_STEPS = 6;
  private static final int NORMAL_STEPS = 144;
  private static final long MINUTE_SECONDS = 60;

  private final Deque<Span> minutes = new ArrayDeque<>();
  private final Deque<Span> steps = new ArrayDeque<>();
  private final Tally normal = new Tally();
  private long normalUntil = Long.MIN_VALUE;

  /// @param index of the minute, or of the step, since 1970
  private record Span(long index, Tally tally) {}

  /// Adds a call.
  ///
  /// @param minute since 1970, no earlier one than before
  void add(long minute, Fact fact) {
    fact.ended()
        .ifPresent(end -> {
          at(minutes, minute).add(fact, end);
          at(steps, Math.floorDiv(minute, STEP)).add(fact, end);
        });
  }

  private static Tally at(Deque<Span> spans, long index) {
    if (spans.isEmpty() || spans.getLast().index() != index) {
      spans.addLast(new Span(index, new Tally()));
    }
    return spans.getLast().tally();
  }

  /// Forgets what is too old once a minute is over.
  void endMinute(long minute) {
    while (!minutes.isEmpty() && minutes.getFirst().index() <= minute - LONG) {
      minutes.removeFirst();
    }
    long step = Math.floorDiv(minute, STEP);
    long until = step - SETTLING_STEPS;
    for (Span each : steps) {
      if (each.index() >= normalUntil && each.index() < until) {
        normal.add(each.tally());
      }
    }
    normalUntil = Math.max(normalUntil, until);
    while (!steps.isEmpty() && steps.getFirst().index() < until - NORMAL_STEPS) {
      Span old = steps.removeFirst();
      if (old.index() < normalUntil) {
        normal.remove(old.tally());
      }
    }
  }

  /// The calls of the last minutes up to that one.
  Tally recent(long minute, int length) {
    Tally recent = new Tally();
    within(minute, length, _ -> true).forEach(each -> recent.add(each.tally()));
    return recent;
  }

  /// What was normal for the minute that ended last. Changes as time goes on.
  Tally normal() {
    return normal;
  }

  /// Whether nothing is left to look at.
  boolean isStill() {
    return minutes.isEmpty();
  }

  /// When the first of the last minutes began whose calls are like that.
  Optional<Instant> first(long minute, int length, Predicate<Tally> like) {
    return within(minute, length, like).findFirst().map(each -> start(each.index()));
  }

  /// When the last of the last minutes ended whose calls are like that.
  Optional<Instant> last(long minute, int length, Predicate<Tally> like) {
    return within(minute, length, like)
        .reduce((_, later) -> later)
        .map(each -> start(each.index() + 1));
  }

  private Stream<Span> within(long minute, int length, Predicate<Tally> like) {
    return minutes.stream()
        .filter(each -> each.index() > minute - length && each.index() <= minute)
        .filter(each -> like.test(each.tally()));
  }

  /// When a minute begins.
  static Instant start(long minute) {
    return Instant.ofEpochSecond(minute * MINUTE_SECONDS);
  }

  /// In which minute a time is.
  static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), MINUTE_SECONDS);
  }
}
