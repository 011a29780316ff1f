package io.tollwatch.report;

import io.tollwatch.ledger.store.ReportReader.Wanted;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a report is about.
public enum ReportKind {
  /// What did not end well or is in doubt.
  FAILURES,
  /// How available providers were, against a target.
  AVAILABILITY,
  /// Where the time went.
  LATENCY,
  /// What is in doubt now, whenever it started.
  IN_DOUBT,
  /// When providers were unusable, what it cost and what was saved.
  INCIDENTS,
  /// One incident, with all that is known of it.
  INCIDENT,
  /// All exchanges, one by one.
  EXCHANGES;

  /// The word as commands and the API say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Which exchanges it exports where a format holds exchanges; empty if it has only figures.
  public Optional<Wanted> exchanges() {
    return switch (this) {
      case FAILURES -> Optional.of(Wanted.TROUBLE);
      case IN_DOUBT -> Optional.of(Wanted.IN_DOUBT);
      case EXCHANGES -> Optional.of(Wanted.ALL);
      case AVAILABILITY, LATENCY, INCIDENTS, INCIDENT -> Optional.empty();
    };
  }

  /// The formats that it can be had in.
  public Set<ReportFormat> formats() {
    return switch (this) {
      case FAILURES, IN_DOUBT -> EnumSet.allOf(ReportFormat.class);
      case AVAILABILITY, LATENCY, INCIDENTS, INCIDENT ->
          EnumSet.complementOf(EnumSet.of(ReportFormat.HAR));
      case EXCHANGES -> EnumSet.of(ReportFormat.CSV, ReportFormat.JSONL, ReportFormat.HAR);
    };
  }
}
