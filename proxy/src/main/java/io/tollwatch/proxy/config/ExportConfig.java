package io.tollwatch.proxy.config;

import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// A report that is made by the clock. Immutable.
///
/// @param name of the export and the beginning of its files' names
/// @param cron when, as a line of a crontab; required
/// @param zone whose clock is meant, and in which times are shown; default UTC
/// @param since how far it reaches back from then; default 24h, from 1m to 366d
/// @param provider only calls to that provider; default all
public record ExportConfig(
    String name,
    ReportKind kind,
    ReportFormat format,
    String cron,
    ZoneId zone,
    Duration since,
    Optional<String> provider,
    Target target) {

  /// Where it goes.
  public sealed interface Target {
    /// A file for each time, in a folder.
    record Folder(Path path) implements Target {}

    /// A POST, signed as events are.
    record Webhook(URI url, Secret secret) implements Target {}
  }
}
