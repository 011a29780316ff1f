package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.report.figures.Shift;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells when more payments are declined than is normal at that provider: half as many again, five
/// of a hundred more, and by more than chance, which must be far off since it is asked each minute.
/// Confined to one search.
final class DeclineWatch implements Watch {

  private static final int MIN_ANSWERS = 30;
  private static final int MIN_NORMAL = 100;
  private static final double MULTIPLE = 1.5;
  private static final double MIN_MORE = 0.05;
  private static final double MAX_CHANCE = 1e-6;
  private static final double OVER_MULTIPLE = 1.2;

  private final Seen seen;
  private double before;

  DeclineWatch(String provider) {
    this.seen = new Seen(Kind.DECLINES, Optional.of(provider), Optional.of(Operation.PAY));
  }

  @Override
  public void look(long minute, Course course) {
    Tally recent = course.recent(minute, Course.LONG);
    double share = recent.declinedShare();
    if (seen.isOpen()) {
      boolean back = recent.paysAnswered() >= MIN_ANSWERS && share < OVER_MULTIPLE * before;
      if (back || recent.paysAnswered() == 0) {
        seen.end(Course.start(minute + 1 - Course.LONG));
      }
      return;
    }
    Tally normal = course.normal();
    double usual = normal.declinedShare();
    if (recent.paysAnswered() >= MIN_ANSWERS
        && normal.paysAnswered() >= MIN_NORMAL
        && share >= MULTIPLE * usual
        && share >= usual + MIN_MORE
        && byChance(normal, recent) < MAX_CHANCE) {
      before = usual;
      String words =
          String.format(
              Locale.ROOT,
              "%d of %d payments in %d minutes were declined; %.1f %% are normal",
              recent.declined(),
              recent.paysAnswered(),
              Course.LONG,
              100 * usual);
      seen.begin(Course.start(minute + 1 - Course.LONG), Course.start(minute + 1), words);
    }
  }

  private static double byChance(Tally normal, Tally recent) {
    return new Shift(
            normal.declined(), normal.paysAnswered(), recent.declined(), recent.paysAnswered())
        .byChance()
        .orElse(1);
  }

  @Override
  public List<Sign> signs() {
    return seen.signs();
  }
}
