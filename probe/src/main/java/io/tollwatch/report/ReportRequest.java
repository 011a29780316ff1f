package io.tollwatch.report;

import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import java.time.ZoneId;

/// A report that is wanted. Immutable.
///
/// @param baseline with what the time is compared
/// @param zone in which times are shown
/// @param target of availability, above 0 and below 1
public record ReportRequest(
    ReportKind kind,
    ReportFormat format,
    Slice slice,
    TimeWindow baseline,
    ZoneId zone,
    double target) {

  public ReportRequest {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException("target not between 0 and 1: " + target);
    }
    if (!kind.formats().contains(format)) {
      throw new IllegalArgumentException(kind.word() + " can't be had as " + format.word());
    }
  }
}
