package io.tollwatch.proxy.incident;

/// Where customers pay. Implementations are thread-safe.
interface Till {

  /// Takes the payment and tells the customer how it ended, however long that takes; returns early
  /// when the shop closes.
  void take(Payment payment);
}
