package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells when more calls than usual find a provider unavailable: at least four, a tenth of all and
/// three times the normal share. It is over when the share has fallen to half of what began it, or
/// after half an hour without such a call. Declines are answers (P8). Confined to one search.
final class FailureWatch implements Watch {

  private static final int MIN_CALLS = 10;
  private static final int MIN_UNAVAILABLE = 4;
  private static final double MIN_SHARE = 0.1;
  private static final double MULTIPLE = 3;
  private static final int MIN_NORMAL = 50;

  private final Seen seen;
  private double enough;

  FailureWatch(String provider, Operation operation) {
    this.seen = new Seen(Kind.FAILURES, Optional.of(provider), Optional.of(operation));
  }

  @Override
  public void look(long minute, Course course) {
    Recent recent = Recent.of(course, minute, Tally::ended, MIN_CALLS);
    Tally calls = recent.tally();
    if (seen.isOpen()) {
      if (isOver(calls)) {
        seen.end(recent.last(it -> it.unavailableShare() >= enough));
      }
      return;
    }
    double normal = usual(course.normal());
    if (calls.ended() >= MIN_CALLS
        && calls.unavailable() >= MIN_UNAVAILABLE
        && calls.unavailableShare() >= Math.max(MIN_SHARE, MULTIPLE * normal)) {
      enough = calls.unavailableShare() / 2;
      seen.begin(
          recent.first(it -> it.unavailable() > 0),
          recent.end(),
          words(calls, recent.length(), normal));
    }
  }

  private boolean isOver(Tally recent) {
    return recent.unavailable() == 0
        || (recent.ended() >= MIN_CALLS && recent.unavailableShare() < enough);
  }

  private static double usual(Tally normal) {
    return normal.ended() < MIN_NORMAL ? 0 : normal.unavailableShare();
  }

  private static String words(Tally recent, int length, double normal) {
    return String.format(
        Locale.ROOT,
        "%d of %d calls in %d minutes found it unavailable; %.1f %% are normal",
        recent.unavailable(),
        recent.ended(),
        length,
        100 * normal);
  }

  @Override
  public List<Sign> signs() {
    return seen.signs();
  }
}
