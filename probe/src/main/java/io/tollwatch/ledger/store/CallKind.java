package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Intent;
import io.tollwatch.verdict.Verdict;
import java.util.Comparator;

/// What exchanges are counted by, in the columns' order. Immutable.
///
/// @param category empty while they run, as fault and money
record CallKind(
    long hour,
    int journal,
    String origin,
    String provider,
    String operation,
    String category,
    String fault,
    String money,
    boolean slaFault)
    implements Comparable<CallKind> {

  private static final Comparator<CallKind> ORDER =
      Comparator.comparingLong(CallKind::hour)
          .thenComparingInt(CallKind::journal)
          .thenComparing(CallKind::origin)
          .thenComparing(CallKind::provider)
          .thenComparing(CallKind::operation)
          .thenComparing(CallKind::category)
          .thenComparing(CallKind::fault)
          .thenComparing(CallKind::money)
          .thenComparing(CallKind::slaFault);

  /// Of one that has begun.
  static CallKind of(int journal, Intent intent) {
    return begun(
        Hour.of(intent.startedAt()),
        journal,
        intent.origin().word(),
        intent.provider(),
        intent.operation().word());
  }

  /// Of one that has begun.
  static CallKind begun(long hour, int journal, String origin, String provider, String operation) {
    return new CallKind(hour, journal, origin, provider, operation, "", "", "", false);
  }

  /// The same, ended.
  CallKind ended(Verdict verdict) {
    return new CallKind(
        hour,
        journal,
        origin,
        provider,
        operation,
        verdict.category().word(),
        verdict.fault().word(),
        verdict.money().word(),
        verdict.slaFault());
  }

  @Override
  public int compareTo(CallKind other) {
    return ORDER.compare(this, other);
  }
}
