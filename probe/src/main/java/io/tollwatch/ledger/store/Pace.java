package io.tollwatch.ledger.store;

import java.util.function.IntSupplier;

/// How much of the processor a reader leaves to others: after each 50 ms of work on an answer it
/// rests. Stateless; it is the reading thread that has a pace.
///
/// A database in a process of its own does that work elsewhere and rests for nobody.
public final class Pace {

  /// How long a reader works until it rests.
  public static final int WORK_MILLIS = 50;

  /// What readers may take of a machine's processors, as its inverse.
  private static final int ONE_IN = 5;

  private static final ScopedValue<IntSupplier> REST_MILLIS = ScopedValue.newInstance();

  private Pace() {}

  /// Reads with that pace whatever is read of a store.
  ///
  /// @param restMillis how long it rests, 0 for never; asked for each question
  public static void with(IntSupplier restMillis, Runnable reading) {
    ScopedValue.where(REST_MILLIS, restMillis).run(reading);
  }

  /// How long each must rest so that all of them take a fifth of the machine.
  ///
  /// @param readers how many read at once
  /// @param processors of the machine
  public static int restMillis(int readers, int processors) {
    return Math.max(0, WORK_MILLIS * (ONE_IN * readers - processors) / processors);
  }

  /// How long this thread rests now.
  public static int restMillis() {
    return REST_MILLIS.isBound() ? REST_MILLIS.get().getAsInt() : 0;
  }
}
