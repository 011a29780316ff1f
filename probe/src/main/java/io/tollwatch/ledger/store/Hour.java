package io.tollwatch.ledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hours since 1970, by which exchanges are counted. Stateless.
final class Hour {

  private static final long SECONDS = 3_600;

  /// The column of the start has microseconds, and both databases round to them.
  private static final long HALF_A_MICRO = 500;

  private Hour() {}

  /// In which an exchange counts that started then.
  static long of(Instant startedAt) {
    return Math.floorDiv(startedAt.plusNanos(HALF_A_MICRO).getEpochSecond(), SECONDS);
  }

  private static Instant start(long hour) {
    return Instant.ofEpochSecond(hour * SECONDS);
  }

  /// A part of an hour at an edge of a window.
  ///
  /// @param missing whether its exchanges are not the window's, but counted with the whole hours
  record Edge(TimeWindow part, boolean missing) {}

  /// A window as whole hours and what must be added to them, or taken from them, at its edges: of
  /// each hour that an edge cuts the part in which less happened is looked at. Immutable.
  ///
  /// @param from the first whole one
  /// @param until the one after the last
  /// @param edges at most two
  record Split(long from, long until, List<Edge> edges) {

    /// @param first the first hour that may be taken as a whole
    /// @param newest when the newest exchange started: nothing happened since
    static Split of(TimeWindow window, long first, Instant newest) {
      Bound low = Bound.of(window.from(), first, newest);
      Bound high = Bound.of(window.until(), first, newest);
      if (low.hour() >= high.hour()) {
        return new Split(0, 0, List.of(new Edge(window, false)));
      }
      List<Edge> edges = new ArrayList<>();
      low.between().ifPresent(it -> edges.add(new Edge(it, low.isAfterHour())));
      high.between().ifPresent(it -> edges.add(new Edge(it, !high.isAfterHour())));
      return new Split(low.hour(), high.hour(), List.copyOf(edges));
    }
  }

  /// An end of a window, and the beginning of an hour beside it. Immutable.
  private record Bound(Instant at, long hour) {

    static Bound of(Instant at, long first, Instant newest) {
      long hour = Math.floorDiv(at.getEpochSecond(), SECONDS);
      Duration before = happened(start(hour), at, newest);
      Duration after = happened(at, start(hour + 1), newest);
      boolean isNearer = before.compareTo(after) <= 0;
      return new Bound(at, hour >= first && isNearer ? hour : Math.max(hour + 1, first));
    }

    /// How much of that time was before the newest exchange.
    private static Duration happened(Instant from, Instant until, Instant newest) {
      Instant end = newest.isBefore(until) ? newest : until;
      return end.isBefore(from) ? Duration.ZERO : Duration.between(from, end);
    }

    boolean isAfterHour() {
      return at.isAfter(start(hour));
    }

    Optional<TimeWindow> between() {
      Instant begin = start(hour);
      if (at.equals(begin)) {
        return Optional.empty();
      }
      return Optional.of(at.isAfter(begin) ? new TimeWindow(begin, at) : new TimeWindow(at, begin));
    }
  }
}
