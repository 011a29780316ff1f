package io.tollwatch.proxy.cli;

import io.tollwatch.exchange.BreakerState;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.fixtures.incident.Incidents;
import io.tollwatch.proxy.incident.Replay;
import io.tollwatch.proxy.incident.Score;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Shows the replay of an incident: line by line while it runs, and then what came of it. Lines may
/// come on several threads.
final class IncidentView {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Paint paint;
  private final PrintWriter out;
  private int tested;

  IncidentView(Paint paint, PrintWriter out) {
    this.paint = paint;
    this.out = out;
  }

  /// All that are known, a line each.
  void list() {
    int width = Incidents.all().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (Incident each : Incidents.all()) {
      out.println(
          "  "
              + paint.bold(each.name())
              + " ".repeat(width - each.name().length() + 2)
              + each.title());
    }
    out.flush();
  }

  /// What is about to be shown.
  void announce(Incident incident) {
    out.println(paint.bold(incident.title()));
    out.printf(
        "%s, times in UTC; time runs %d times faster: a second here is %s there%n",
        DAY.format(incident.begins()),
        incident.factor(),
        length(Duration.ofSeconds(incident.factor())));
    if (!incident.cut().isEmpty()) {
      out.println("cut: " + incident.cut());
    }
    out.println(
        "the same customers pay at two shops: one calls its gateways through a sidecar, the other");
    out.printf(
        "calls them itself, and the second one when the first gives no answer within 30 s%n%n");
    out.flush();
  }

  /// What happens.
  synchronized void tell(Replay.News news) {
    switch (news) {
      case Replay.Began began ->
          line(
              began.at(),
              began.phase().bad()
                  ? paint.bad(began.phase().what())
                  : paint.good(began.phase().what()));
      case Replay.Turn turn -> turned(turn);
      case Replay.Ended ended ->
          line(
              ended.at(),
              paint.faint(
                  "    %s came, %d in doubt now%s"
                      .formatted(Count.of(ended.customers(), "customer"), ended.open(), tests())));
    }
  }

  /// That it is tested, and fails the test, is told as a number: it goes on as long as the outage.
  private void turned(Replay.Turn turn) {
    if (turn.to() == BreakerState.HALF_OPEN) {
      tested++;
    } else if (turn.from() != BreakerState.HALF_OPEN || turn.to() != BreakerState.OPEN) {
      line(
          turn.at(),
          "    breaker %-10s %s %s"
              .formatted(
                  turn.breaker(), state(turn.to()), paint.faint(Printable.line(turn.reason()))));
    }
  }

  private String state(BreakerState state) {
    String padded = "%-8s".formatted(state.word());
    return switch (state) {
      case OPEN, FORCED_OPEN -> paint.bad(padded);
      case HALF_OPEN, RAMPING, OBSERVE_ONLY -> paint.warn(padded);
      case CLOSED, FORCED_CLOSED -> paint.good(padded);
    };
  }

  private String tests() {
    int count = tested;
    tested = 0;
    return count == 0
        ? ""
        : ", breakers were half open " + (count == 1 ? "once" : count + " times");
  }

  private void line(Instant at, String text) {
    out.println(paint.faint(CLOCK.format(at)) + "  " + text);
    out.flush();
  }

  /// What came of it.
  void compare(Replay.Comparison result) {
    out.printf("%n%s%n", paint.bold("%-40s %15s %15s".formatted("", "with Tollwatch", "without")));
    row("customers during the outage", result, score -> score.customers() + "");
    row("  paid once, and told so", result, IncidentView::saved);
    row("  first word for 95 of 100 within", result, score -> length(score.firstWord()));
    count("charged twice", result, Score::twice);
    count("charged, but told that it failed", result, Score::lost);
    count("not told yet how it ended", result, Score::open);
    health("outage seen after", result, "never", health -> length(health.detected(), "not seen"));
    health("payments in doubt or pending", result, "unknown", health -> health.doubts() + "");
    health("  settled by proof", result, "none", health -> health.resolved() + "");
    health("  by asking the gateway so often", result, "-", health -> health.looks() + "");
    health(
        "back in full use after",
        result,
        "-",
        health -> health.detected().isEmpty() ? "-" : length(health.recovered(), "not yet"));
    health(
        "a second outage",
        result,
        "-",
        health -> health.outagesAfter() == 0 ? "no" : "yes (%d)".formatted(health.outagesAfter()));
    out.flush();
  }

  /// Where the figures come from.
  void sources(Incident incident, Path folder) {
    out.printf(
        "%nMoney is counted in the fake gateways' own books, doubts in the sidecar's ledger:%n");
    out.printf("  proxy/bin/tollwatch exchanges --data %s%n", folder.resolve(Replay.LEDGER));
    out.printf(
        "A millisecond of this machine counts as %d there, so real times are shorter, if anything.%n",
        incident.factor());
    out.flush();
  }

  private static String saved(Score score) {
    return String.format(Locale.ROOT, "%d (%.1f %%)", score.saved(), score.savedPercent());
  }

  private void count(String what, Replay.Comparison result, Function<Score, Integer> figure) {
    out.println(
        "%-40s ".formatted(what)
            + judged(figure.apply(result.with()))
            + " "
            + judged(figure.apply(result.without())));
  }

  private String judged(int count) {
    String text = "%15d".formatted(count);
    return count == 0 ? paint.good(text) : paint.bad(text);
  }

  private void row(String what, Replay.Comparison result, Function<Score, String> figure) {
    out.printf(
        "%-40s %15s %15s%n", what, figure.apply(result.with()), figure.apply(result.without()));
  }

  private void health(
      String what,
      Replay.Comparison result,
      String without,
      Function<Score.Health, String> figure) {
    out.printf("%-40s %15s %15s%n", what, result.with().health().map(figure).orElse("-"), without);
  }

  private static String length(Optional<Duration> length, String none) {
    return length.map(IncidentView::length).orElse(none);
  }

  private static String length(Duration length) {
    long seconds = Math.round(length.toMillis() / 1000.0);
    long minutes = seconds / 60;
    if (minutes == 0) {
      return seconds + " s";
    }
    return seconds % 60 == 0 || minutes >= 10
        ? Math.round(seconds / 60.0) + " min"
        : "%d min %d s".formatted(minutes, seconds % 60);
  }
}
