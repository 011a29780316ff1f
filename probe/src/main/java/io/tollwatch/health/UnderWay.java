package io.tollwatch.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// The calls that a breaker has let through and that have not ended, oldest first. Confined to the
/// breaker's lock.
final class UnderWay {

  private final SequencedSet<Seat> seats = new LinkedHashSet<>();
  private Optional<Seat> probe = Optional.empty();

  void add(Seat seat) {
    seats.add(seat);
  }

  /// Makes this one the only live call that tests whether the provider can be used again.
  void probe(Seat seat) {
    probe = Optional.of(seat);
  }

  boolean hasProbe() {
    return probe.isPresent();
  }

  boolean probeIsLost(Instant now, Duration limit) {
    return probe.filter(seat -> !now.isBefore(seat.taken().plus(limit))).isPresent();
  }

  void remove(Seat seat) {
    seats.remove(seat);
    if (probe.filter(seat::equals).isPresent()) {
      probe = Optional.empty();
    }
  }

  /// The oldest one, if it began before that; it is overdue then, and not found again.
  Optional<Seat> overdue(Instant begunBefore) {
    if (seats.isEmpty()) {
      return Optional.empty();
    }
    Seat oldest = seats.getFirst();
    if (!oldest.taken().isBefore(begunBefore)) {
      return Optional.empty();
    }
    seats.remove(oldest);
    oldest.becomesOverdue();
    return Optional.of(oldest);
  }

  void clear() {
    seats.clear();
    probe = Optional.empty();
  }
}
