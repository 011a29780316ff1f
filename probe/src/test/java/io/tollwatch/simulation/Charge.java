package io.tollwatch.simulation;

import java.util.Optional;

/// What a gateway's book says of one payment.
final class Charge {

  /// How it stands.
  enum State {
    /// The money was taken.
    TAKEN,
    /// The money is set aside.
    HELD,
    /// It is taken in the end.
    TO_BE_TAKEN,
    /// It is not taken in the end.
    TO_FAIL,
    /// It was not taken.
    FAILED,
    /// It was taken, or would have been, and was given back by a cancel.
    UNDONE
  }

  final String id;
  final Call call;
  final Optional<String> key;
  final Optional<String> reference;
  final long foundFrom;
  final long settledFrom;
  State state;
  long enteredTick;
  long undoneTick;

  /// @param foundFrom from when on a search finds it
  /// @param settledFrom from when on the gateway knows its end
  Charge(
      String id,
      Call call,
      Optional<String> key,
      Optional<String> reference,
      long foundFrom,
      long settledFrom,
      State state) {
    this.id = id;
    this.call = call;
    this.key = key;
    this.reference = reference;
    this.foundFrom = foundFrom;
    this.settledFrom = settledFrom;
    this.state = state;
  }

  /// Somebody cancels it.
  void cancel(long tick) {
    if (isTaken()) {
      undoneTick = tick;
      state = State.UNDONE;
    } else if (state != State.UNDONE) {
      state = State.FAILED;
    }
  }

  /// Whether the customer has paid, or will have.
  boolean isTaken() {
    return state == State.TAKEN || state == State.TO_BE_TAKEN;
  }

  /// Whether that was so then, be it given back later or not.
  boolean isTakenAt(long tick) {
    return isTaken() || (state == State.UNDONE && tick < undoneTick);
  }

  /// Whether that was ever so.
  boolean wasTaken() {
    return isTaken() || state == State.UNDONE;
  }

  boolean isHeld() {
    return state == State.HELD;
  }
}
