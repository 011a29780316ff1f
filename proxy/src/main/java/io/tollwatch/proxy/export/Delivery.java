package io.tollwatch.proxy.export;

import io.tollwatch.attempt.Origin;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.proxy.config.ExportConfig;
import io.tollwatch.proxy.config.ExportConfig.Target;
import io.tollwatch.proxy.events.EventSignature;
import io.tollwatch.proxy.export.DueExports.Due;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Makes a report that is due and brings it where it goes: a file that is there whole or not at
/// all, readable by its owner only, or a POST that is signed as events are. The time that it covers
/// ends when it was due, not when it is made. Immutable, thread-safe.
///
/// @param scratch where a report lies on its way to a webhook
public record Delivery(Path scratch, InstantSource clock) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /// Of availability, as where a command says none.
  private static final double TARGET = 0.999;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// Does it. What is there already is left.
  ///
  /// @return what went wrong; empty if it has arrived
  public Optional<String> deliver(Due due, Reports reports) {
    try {
      return switch (due.export().target()) {
        case Target.Folder(Path folder) -> file(due, folder, reports);
        case Target.Webhook webhook -> post(due, webhook, reports);
      };
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> file(Due due, Path folder, Reports reports) throws IOException {
    Path file = folder.resolve(name(due));
    if (Files.exists(file)) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    Path part = written(due, folder, reports);
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return Optional.empty();
  }

  /// Such as `daily-20261126T0600Z.html`.
  private static String name(Due due) {
    return due.export().name() + "-" + TIME.format(due.at()) + "." + due.export().format().word();
  }

  private static Path written(Due due, Path folder, Reports reports) throws IOException {
    Path part = Files.createTempFile(folder, "." + due.export().name() + ".", ".part");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
        Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      reports.write(request(due), out);
      out.flush();
      channel.force(true);
      return part;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private static ReportRequest request(Due due) {
    ExportConfig export = due.export();
    TimeWindow window = new TimeWindow(due.at().minus(export.since()), due.at());
    boolean figures = export.kind() != ReportKind.IN_DOUBT && export.kind() != ReportKind.EXCHANGES;
    return new ReportRequest(
        export.kind(),
        export.format(),
        new Slice(
            export.kind() == ReportKind.IN_DOUBT ? new TimeWindow(Instant.EPOCH, due.at()) : window,
            export.provider(),
            Optional.empty(),
            Optional.empty(),
            figures ? Optional.of(Origin.LIVE) : Optional.empty()),
        TimeWindow.of(window.from().minus(export.since()), export.since()),
        export.zone(),
        TARGET);
  }

  private Optional<String> post(Due due, Target.Webhook webhook, Reports reports)
      throws IOException {
    Path body = written(due, scratch, reports);
    try {
      Instant now = clock.instant();
      String id = "export_" + due.export().name() + "_" + TIME.format(due.at());
      HttpRequest request =
          HttpRequest.newBuilder(webhook.url())
              .timeout(TIMEOUT)
              .header("Content-Type", due.export().format().contentType())
              .header("Content-Disposition", "attachment; filename=\"" + name(due) + "\"")
              .header("webhook-id", id)
              .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
              .header(
                  "webhook-signature",
                  new EventSignature(webhook.secret().reveal()).of(id, now, body))
              .POST(BodyPublishers.ofFile(body))
              .build();
      HttpResponse<Void> answer = Web.CLIENT.send(request, BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of(webhook.url() + " answered " + answer.statusCode());
    } catch (IOException e) {
      return Optional.of(webhook.url() + " is not there: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } finally {
      Files.deleteIfExists(body);
    }
  }

  /// Made by the first that is sent: most sidecars send none, and it reads all certificates of the
  /// system, a seventh of what a start does before it listens.
  private static final class Web {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }
}
