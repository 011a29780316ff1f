package io.tollwatch.proxy.admin;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.Incident;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.ReportRequest;
import io.tollwatch.report.Reports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers `GET /api/reports/{kind}`. Immutable, thread-safe.
///
/// @param search reads what is wanted
record ReportApi(ReportSearch search) {

  /// Says that nothing meets the request.
  static final String EMPTY = "Tollwatch-Report-Empty";

  /// Says what is to be known of the data, one field a note.
  static final String NOTE = "Tollwatch-Report-Note";

  private static final HeaderName EMPTY_NAME = HeaderNames.create(EMPTY);
  private static final HeaderName NOTE_NAME = HeaderNames.create(NOTE);
  private static final HeaderName SNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

  /// What came of looking at a request.
  sealed interface Wish {
    /// It can be answered.
    record Right(ReportRequest request) implements Wish {}

    /// It can't.
    record Wrong(Status status, String reason) implements Wish {}
  }

  /// Reads a request.
  ///
  /// @param words its query, each word once
  Wish wish(ServerRequest request, Map<String, String> words) {
    String kind = request.path().pathParameters().get("kind");
    Optional<ReportFormat> accepted = accepted(request, kind);
    if (accepted.isEmpty() && !words.containsKey("format")) {
      return new Wish.Wrong(
          Status.NOT_ACCEPTABLE_406,
          "Accept must name one of: " + String.join(", ", mediaTypes(kind)));
    }
    return switch (search.parse(kind, words, accepted.orElse(ReportFormat.JSONL))) {
      case ReportSearch.Parsed.Right right -> new Wish.Right(right.request());
      case ReportSearch.Parsed.Wrong wrong ->
          new Wish.Wrong(Status.BAD_REQUEST_400, wrong.reason());
    };
  }

  private static Optional<ReportFormat> accepted(ServerRequest request, String kind) {
    MediaType[] offered =
        formats(kind).stream()
            .map(format -> MediaTypes.create(format.mediaType()))
            .toArray(MediaType[]::new);
    if (!request.headers().contains(HeaderNames.ACCEPT)) {
      return Optional.of(formats(kind).getFirst());
    }
    return request
        .headers()
        .bestAccepted(offered)
        .flatMap(type ->
            formats(kind).stream()
                .filter(format -> format.mediaType().equals(type.text()))
                .findFirst());
  }

  private static List<String> mediaTypes(String kind) {
    return formats(kind).stream().map(ReportFormat::mediaType).toList();
  }

  /// Of an unknown kind all: what is wrong with it is said later.
  private static List<ReportFormat> formats(String kind) {
    return Arrays.stream(ReportFormat.values())
        .filter(format ->
            Arrays.stream(ReportKind.values())
                .filter(each -> each.word().equals(kind))
                .allMatch(each -> each.formats().contains(format)))
        .toList();
  }

  /// Writes the evidence of an incident as the answer, likewise.
  ///
  /// @throws UncheckedIOException if the ledger can't be read, or the caller is gone
  void sendPack(ReportRequest request, Sight sight, ServerResponse response) {
    Reports reports = sight.reports();
    Optional<Incident> incident = reports.incident(request);
    if (incident.isEmpty()) {
      AdminApi.wrong(response, Status.NOT_FOUND_404, "there is no incident with that id");
      return;
    }
    var headers = response.headers();
    headers.set(HeaderNames.CONTENT_TYPE, "application/zip");
    headers.set(HeaderNames.CACHE_CONTROL, "no-store");
    headers.set(SNIFF, "nosniff");
    headers.set(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"tollwatch-incident.zip\"");
    OutputStream out = new LateStream(response::outputStream);
    reports.pack(request, incident.get(), sight.inForce(incident.get()), out);
    try {
      out.close(); // only of a whole one
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the report as the answer. Once its head is out, trouble cuts it: what is cut must look
  /// like it.
  ///
  /// @throws UncheckedIOException if the ledger can't be read, or the caller is gone
  void send(ReportRequest request, Reports reports, ServerResponse response) {
    Reports.Outlook outlook = reports.outlook(request);
    if (outlook.empty() && request.kind() == ReportKind.INCIDENT) {
      AdminApi.wrong(response, Status.NOT_FOUND_404, "there is no incident with that id");
      return;
    }
    var headers = response.headers();
    headers.set(HeaderNames.CONTENT_TYPE, request.format().contentType());
    headers.set(HeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HeaderNames.VARY, "Accept");
    headers.set(SNIFF, "nosniff");
    headers.set(POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    headers.set(
        HeaderNames.CONTENT_DISPOSITION,
        "attachment; filename=\"tollwatch-%s.%s\""
            .formatted(request.kind().word(), request.format().word()));
    headers.set(EMPTY_NAME, Boolean.toString(outlook.empty()));
    if (!outlook.notes().isEmpty()) {
      headers.set(NOTE_NAME, outlook.notes().toArray(String[]::new));
    }
    Writer out =
        new OutputStreamWriter(new LateStream(response::outputStream), StandardCharsets.UTF_8);
    reports.write(request, out);
    try {
      out.close(); // only of a whole one: closing is what tells the caller that it is
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
