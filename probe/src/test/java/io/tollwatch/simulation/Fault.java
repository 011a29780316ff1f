package io.tollwatch.simulation;

/// What happens to a request that is sent to a gateway.
enum Fault {
  /// Nothing: it is taken.
  NONE,
  /// The bank says no, for good.
  DECLINED,
  /// The card's code is wrong, which shows after the bank has set the money aside.
  DECLINED_HELD,
  /// A code that only a rule of the user's knows; the gateway takes the payment later all the same.
  DECLINED_HOUSE,
  /// The decline comes as a stream of events.
  DECLINED_STREAM,
  /// The connection is refused.
  REFUSED,
  /// The request is lost on its way.
  LOST_BEFORE,
  /// The request comes when nobody waits for its answer any more.
  LATE,
  /// The answer is lost.
  LOST_AFTER,
  /// The answer is cut.
  CUT,
  /// The gateway fails before it took the payment.
  FAILED_BEFORE,
  /// The gateway fails after it took the payment, and says that it was declined.
  FAILED_AFTER,
  /// A page comes instead of the gateway's answer, which took the payment.
  PAGE,
  /// It is taken, after a long time.
  SLOW,
  /// It is declined, after a long time.
  SLOW_DECLINED,
  /// The gateway does not know yet, and takes it in the end.
  PENDING_TAKEN,
  /// The gateway does not know yet, and does not take it.
  PENDING_FAILED
}
