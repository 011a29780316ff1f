package io.tollwatch.report;

import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.ledger.store.Slice;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.ledger.store.TimeWindow;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// How fast reports are made. No test: a program, run with the test class path as
///
/// ```
/// java -Xmx256m -XX:+UseSerialGC -cp ... io.tollwatch.report.ReportBenchmark FOLDER
/// ```
///
/// The folder is one that `StoreBenchmark` has filled. A report of failures and one of latency are
/// made for random windows of 24 hours; then all exchanges are exported as JSON Lines.
final class ReportBenchmark {

  private static final int ROUNDS = 7;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final Random random = new Random(1);
  private final Reports reports;

  private ReportBenchmark(Store store) {
    this.reports = new Reports(store.reports(), "1.0", _ -> Optional.empty());
  }

  public static void main(String[] args) throws Exception {
    try (Store store = Store.embedded(Path.of(args[0]))) {
      store.open();
      ReportBenchmark benchmark = new ReportBenchmark(store);
      benchmark.measure(ReportKind.FAILURES);
      benchmark.measure(ReportKind.LATENCY);
      benchmark.export();
    }
  }

  private void measure(ReportKind kind) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      Instant from = START.plus(Duration.ofMinutes(24 * 60 + random.nextInt(28 * 24 * 60)));
      millis[i] = millis(kind, ReportFormat.HTML, TimeWindow.of(from, Duration.ofDays(1)));
    }
    double first = millis[0];
    Arrays.sort(millis);
    say(
        "%s of 24 hours: first %,.0f, min %,.0f, median %,.0f, max %,.0f ms"
            .formatted(kind.word(), first, millis[0], millis[ROUNDS / 2], millis[ROUNDS - 1]));
  }

  private void export() throws Exception {
    TimeWindow all = TimeWindow.of(START, Duration.ofDays(31));
    int[] count = {0};
    long before = System.nanoTime();
    reports.ledger().exchanges(Slice.of(all), Wanted.ALL, _ -> count[0]++);
    double read = (System.nanoTime() - before) / 1e9;
    say("%,d exchanges read at %,.0f/s".formatted(count[0], count[0] / read));
    double spent = millis(ReportKind.EXCHANGES, ReportFormat.JSONL, all) / 1e3;
    say("%,d exported as JSON Lines at %,.0f/s".formatted(count[0], count[0] / spent));
  }

  private double millis(ReportKind kind, ReportFormat format, TimeWindow window) throws Exception {
    Duration length = Duration.between(window.from(), window.until());
    ReportRequest request =
        new ReportRequest(
            kind,
            format,
            Slice.of(window),
            TimeWindow.of(window.from().minus(length), length),
            ZoneOffset.UTC,
            0.999);
    long before = System.nanoTime();
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(OutputStream.nullOutputStream(), StandardCharsets.UTF_8))) {
      reports.write(request, out);
    }
    return (System.nanoTime() - before) / 1e6;
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
