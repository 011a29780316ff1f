package io.tollwatch.health;

import io.tollwatch.verdict.Verdict;
import java.time.Duration;

/// Leave to make one call, given once. It ends in exactly one of [#settle] and [#abandon]; what
/// comes after the first of them changes nothing. Thread-safe.
///
/// A permit belongs to the breaker as it stood when it was given: a result that comes after the
/// breaker has changed its state says nothing of the new one, and changes nothing.
public interface Permit {

  /// The call was made, and this came of it.
  ///
  /// @param took how long it took in all, without the time that our own client took
  void settle(Verdict verdict, Duration took);

  /// The call was not made, or nothing can be said of it.
  void abandon();
}
