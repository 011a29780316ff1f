package io.tollwatch.report.incident;

import io.tollwatch.ledger.store.Fact;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import java.util.OptionalLong;

/// What calls of some time came to, in numbers that can be added and taken away again. Confined to
/// one search.
final class Tally {

  /// Four classes of duration for each doubling, from a quarter of a millisecond up to ten minutes:
  /// enough to tell a multiple of the normal.
  private static final int PER_DOUBLING = 4;

  private static final int SHORTEST_MICROS = 250;
  private static final int CLASSES = 21 * PER_DOUBLING;

  private long ended;
  private long unavailable;
  private long unreached;
  private long paysAnswered;
  private long declined;
  private long timed;
  private final int[] durations = new int[CLASSES];

  void add(Fact fact, Fact.Ended end) {
    ended++;
    unavailable += end.unavailable() ? 1 : 0;
    unreached += end.category() == Category.NOT_SENT && end.fault() == Fault.NETWORK ? 1 : 0;
    boolean well = end.category().endsWell();
    if (fact.operation() == Operation.PAY && well) {
      paysAnswered++;
      declined += Standing.isDecline(end.category()) ? 1 : 0;
    }
    OptionalLong total = fact.durations().total();
    if (well && total.isPresent()) {
      timed++;
      durations[classOf(total.getAsLong())]++;
    }
  }

  void add(Tally other) {
    add(other, 1);
  }

  void remove(Tally other) {
    add(other, -1);
  }

  private void add(Tally other, int sign) {
    ended += sign * other.ended;
    unavailable += sign * other.unavailable;
    unreached += sign * other.unreached;
    paysAnswered += sign * other.paysAnswered;
    declined += sign * other.declined;
    timed += sign * other.timed;
    for (int i = 0; i < CLASSES; i++) {
      durations[i] += sign * other.durations[i];
    }
  }

  private static int classOf(long micros) {
    double doublings = Math.log((double) Math.max(micros, SHORTEST_MICROS) / SHORTEST_MICROS);
    return Math.clamp(Math.round(doublings / Math.log(2) * PER_DOUBLING), 0, CLASSES - 1);
  }

  /// Calls that ended.
  long ended() {
    return ended;
  }

  /// Those that found the provider unavailable: its fault, or in doubt.
  long unavailable() {
    return unavailable;
  }

  /// Those that could not be sent because the network failed.
  long unreached() {
    return unreached;
  }

  /// Payments that were answered, with a yes or a no.
  long paysAnswered() {
    return paysAnswered;
  }

  /// Those that were declined.
  long declined() {
    return declined;
  }

  /// Answers whose duration is known.
  long timed() {
    return timed;
  }

  /// The share of calls that found the provider unavailable, 0 to 1; 0 without calls.
  double unavailableShare() {
    return ended == 0 ? 0 : (double) unavailable / ended;
  }

  /// The share of payments that were declined, 0 to 1; 0 without any.
  double declinedShare() {
    return paysAnswered == 0 ? 0 : (double) declined / paysAnswered;
  }

  /// The median of answers' durations in milliseconds, right within a fifth; 0 without any.
  double medianMillis() {
    long half = (timed + 1) / 2;
    for (int i = 0; i < CLASSES && timed > 0; i++) {
      half -= durations[i];
      if (half <= 0) {
        return SHORTEST_MICROS * Math.pow(2, (double) i / PER_DOUBLING) / 1_000;
      }
    }
    return 0;
  }
}
