package io.tollwatch.report;

import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import java.time.ZoneId;
import java.util.Optional;

/// A report that is wanted. Immutable.
///
/// @param baseline with what the time is compared
/// @param zone in which times are shown
/// @param target of availability, above 0 and below 1
/// @param incident the id of the one that it is about; empty of other kinds
public record ReportRequest(
    ReportKind kind,
    ReportFormat format,
    Slice slice,
    TimeWindow baseline,
    ZoneId zone,
    double target,
    Optional<String> incident) {

  public ReportRequest {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException("target not between 0 and 1: " + target);
    }
    if (!kind.formats().contains(format)) {
      throw new IllegalArgumentException(kind.word() + " can't be had as " + format.word());
    }
    if (incident.isPresent() != (kind == ReportKind.INCIDENT)) {
      throw new IllegalArgumentException("an id belongs to the report of one incident");
    }
  }

  /// One that is not about one incident.
  public ReportRequest(
      ReportKind kind,
      ReportFormat format,
      Slice slice,
      TimeWindow baseline,
      ZoneId zone,
      double target) {
    this(kind, format, slice, baseline, zone, target, Optional.empty());
  }
}
