package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.taxonomy.Operation;
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
    Recent recent = Recent.of(course, minute, Tally::timed, MIN_ANSWERS);
    Tally answers = recent.tally();
    double median = answers.medianMillis();
    if (seen.isOpen()) {
      boolean back = answers.timed() >= MIN_ANSWERS && median < OVER_MULTIPLE * before;
      if (back || answers.timed() == 0) {
        seen.end(recent.last(it -> it.timed() > 0 && it.medianMillis() >= MULTIPLE * before));
      }
      return;
    }
    Tally normal = course.normal();
    double usual = normal.medianMillis();
    if (answers.timed() >= MIN_ANSWERS
        && normal.timed() >= MIN_NORMAL
        && median >= MULTIPLE * usual
        && median >= usual + MIN_MORE_MILLIS) {
      before = usual;
      seen.begin(
          recent.first(it -> it.medianMillis() >= MULTIPLE * usual),
          recent.end(),
          words(recent, usual));
    }
  }

  private static String words(Recent recent, double usual) {
    return String.format(
        Locale.ROOT,
        "the median of %d answers in %d minutes is about %.0f ms; %.0f ms are normal",
        recent.tally().timed(),
        recent.length(),
        recent.tally().medianMillis(),
        usual);
  }

  @Override
  public List<Sign> signs() {
    return seen.signs();
  }
}
