package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells when answers take three times as long as is normal at that provider, in the median, and a
/// fifth of a second more. What was normal when it began is what it must come back to, or no answer
/// comes for half an hour. Confined to one search.
final class LatencyWatch implements Watch {

  private static final int MIN_ANSWERS = 20;
  private static final int MIN_NORMAL = 100;
  private static final double MULTIPLE = 3;
  private static final double MIN_MORE_MILLIS = 200;
  private static final double OVER_MULTIPLE = 1.5;

  private final Seen seen;
  private double before;

  LatencyWatch(String provider, Operation operation) {
    this.seen = new Seen(Kind.LATENCY, Optional.of(provider), Optional.of(operation));
  }

  @Override
  public void look(long minute, Course course) {
    Tally brief = course.recent(minute, Course.SHORT);
    int length = brief.timed() >= MIN_ANSWERS ? Course.SHORT : Course.LONG;
    Tally recent = length == Course.SHORT ? brief : course.recent(minute, Course.LONG);
    double median = recent.medianMillis();
    if (seen.isOpen()) {
      boolean back = recent.timed() >= MIN_ANSWERS && median < OVER_MULTIPLE * before;
      if (back || recent.timed() == 0) {
        Optional<Instant> last =
            course.last(
                minute, length, it -> it.timed() > 0 && it.medianMillis() >= MULTIPLE * before);
        seen.end(last.orElseGet(() -> Course.start(minute + 1 - length)));
      }
      return;
    }
    Tally normal = course.normal();
    double usual = normal.medianMillis();
    if (recent.timed() >= MIN_ANSWERS
        && normal.timed() >= MIN_NORMAL
        && median >= MULTIPLE * usual
        && median >= usual + MIN_MORE_MILLIS) {
      before = usual;
      String words =
          String.format(
              Locale.ROOT,
              "the median of %d answers in %d minutes is about %.0f ms; %.0f ms are normal",
              recent.timed(),
              length,
              median,
              usual);
      Instant from =
          course
              .first(minute, length, it -> it.medianMillis() >= MULTIPLE * usual)
              .orElseGet(() -> Course.start(minute + 1 - length));
      seen.begin(from, Course.start(minute + 1), words);
    }
  }

  @Override
  public List<Sign> signs() {
    return seen.signs();
  }
}
