package io.tollwatch.ledger.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  /// A window as whole hours and what is left at its edges. Immutable.
  ///
  /// @param from the first whole one
  /// @param until the one after the last
  /// @param edges what is in no whole one, at most two
  record Split(long from, long until, List<TimeWindow> edges) {

    /// @param first the first hour that may be taken as a whole
    static Split of(TimeWindow window, long first) {
      long from = Math.max(Math.ceilDiv(ceilSeconds(window.from()), SECONDS), first);
      long until = Math.floorDiv(window.until().getEpochSecond(), SECONDS);
      if (from >= until) {
        return new Split(0, 0, List.of(window));
      }
      List<TimeWindow> edges = new ArrayList<>();
      if (window.from().isBefore(start(from))) {
        edges.add(new TimeWindow(window.from(), start(from)));
      }
      if (start(until).isBefore(window.until())) {
        edges.add(new TimeWindow(start(until), window.until()));
      }
      return new Split(from, until, List.copyOf(edges));
    }

    private static long ceilSeconds(Instant at) {
      return at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
    }
  }
}
