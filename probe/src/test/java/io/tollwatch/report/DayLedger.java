package io.tollwatch.report;

import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.ledger.store.TimeWindow;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// A ledger of the two days, and reports of the second one.
final class DayLedger implements AutoCloseable {

  final Store store;

  DayLedger(Path folder) throws SQLException {
    store = Store.embedded(folder);
    Day.feed(store);
  }

  static ReportRequest request(ReportKind kind, ReportFormat format) {
    return request(kind, format, Slice.of(Day.TODAY));
  }

  static ReportRequest request(ReportKind kind, ReportFormat format, Slice slice) {
    Duration length = Duration.between(slice.window().from(), slice.window().until());
    return new ReportRequest(
        kind,
        format,
        slice,
        TimeWindow.of(slice.window().from().minus(length), length),
        ZoneId.of("Europe/Berlin"),
        0.999,
        kind == ReportKind.INCIDENT ? Optional.of(Day.INCIDENT) : Optional.empty());
  }

  Reports reports() {
    return new Reports(
        store.reports(),
        "1.0",
        provider ->
            provider.equals("paypal") ? Optional.empty() : Optional.of("https://api.test/"));
  }

  String written(ReportRequest request) {
    StringWriter out = new StringWriter();
    reports().write(request, out);
    return out.toString();
  }

  String written(ReportKind kind, ReportFormat format) {
    return written(request(kind, format));
  }

  @Override
  public void close() {
    store.close();
  }
}
