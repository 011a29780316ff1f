package io.tollwatch.report;

import java.util.Locale;

/// How a report is written.
public enum ReportFormat {
  /// One file, for browsers and paper.
  HTML("text/html", "text/html; charset=utf-8"),
  /// Text with tables, for tickets and mails.
  MD("text/markdown", "text/markdown; charset=utf-8"),
  /// For spreadsheets (RFC 4180).
  CSV("text/csv", "text/csv; charset=utf-8; header=present"),
  /// A JSON document a line, for machines.
  JSONL("application/x-ndjson", "application/x-ndjson"),
  /// HTTP Archive 1.2, for browsers' network views.
  HAR("application/json", "application/json");

  private final String mediaType;
  private final String contentType;

  ReportFormat(String mediaType, String contentType) {
    this.mediaType = mediaType;
    this.contentType = contentType;
  }

  /// The word as commands and the API say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What an `Accept` field may name it by.
  public String mediaType() {
    return mediaType;
  }

  /// What it is sent as.
  public String contentType() {
    return contentType;
  }
}
