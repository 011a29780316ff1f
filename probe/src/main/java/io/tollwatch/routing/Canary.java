package io.tollwatch.routing;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The steps of a canary: up after a time in which it did no worse than the others, down at once
/// when it does worse. Confined to its owner's lock.
final class Canary {

  private final CanarySettings settings;
  private int step;
  private Instant since;
  private Results own;
  private Results rest;
  private Comparison comparison;

  /// @param share percentage of traffic that it had before
  /// @param own what its calls came to so far
  /// @param rest what those of the others did
  Canary(CanarySettings settings, int share, Instant now, Results own, Results rest) {
    this.settings = settings;
    this.step = settings.stepOf(share);
    this.since = now;
    this.own = own;
    this.rest = rest;
    this.comparison = new Comparison(settings.significance());
  }

  /// A step that it takes.
  ///
  /// @param share percentage of traffic from now on; 0 if it gets no more
  /// @param reason one line for people
  record Step(int share, String reason) {}

  /// Takes a step if it is time.
  ///
  /// @param ownNow what its calls came to so far
  /// @param restNow what those of the others did
  /// @param mayRise whether it may get more than now
  Optional<Step> look(Instant now, Results ownNow, Results restNow, boolean mayRise) {
    Results mine = ownNow.minus(own);
    Results others = restNow.minus(rest);
    if (comparison.isWorse(mine, others)) {
      return Optional.of(down(now, ownNow, restNow, told(mine, others)));
    }
    boolean higher = mayRise && step + 1 < settings.steps().size();
    return higher
            && !now.isBefore(since.plus(settings.stepTime()))
            && mine.all() >= settings.minCalls()
        ? Optional.of(up(now, ownNow, restNow, told(mine, others)))
        : Optional.empty();
  }

  private Step up(Instant now, Results ownNow, Results restNow, String told) {
    step++;
    // once it gets all of the traffic, the others have nothing new to be compared with
    begin(now, ownNow, share() == 100 ? rest : restNow);
    return new Step(share(), "no worse than the others: " + told);
  }

  private Step down(Instant now, Results ownNow, Results restNow, String told) {
    String reason = "worse than the others: " + told;
    if (step == 0) {
      return new Step(0, reason);
    }
    step--;
    begin(now, ownNow, restNow);
    return new Step(share(), reason);
  }

  private void begin(Instant now, Results ownNow, Results restFrom) {
    since = now;
    own = ownNow;
    rest = restFrom;
    comparison = new Comparison(settings.significance());
  }

  private int share() {
    return settings.steps().get(step);
  }

  private static String told(Results own, Results rest) {
    return String.format(
        Locale.ROOT,
        "%d of %d calls went well, of the others %d of %d",
        own.fine(),
        own.all(),
        rest.fine(),
        rest.all());
  }
}
