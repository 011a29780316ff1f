package io.tollwatch.health;

import java.time.Duration;
import java.time.Instant;

/// The way back from an outage: a growing share of calls. Confined to its breaker's lock.
final class Ramp {

  private static final int ALL = 100;

  private final BreakerSettings.Closing settings;
  private int step;
  private Instant stepBegun;
  private int good;

  /// Hundredths of a call that are owed: calls go through evenly, not by chance.
  private int owed;

  Ramp(BreakerSettings.Closing settings, Instant now) {
    this.settings = settings;
    this.stepBegun = now;
  }

  /// The percentage of calls that goes through.
  int share() {
    return settings.ramp().get(step);
  }

  /// Whether the next call goes through.
  boolean admits() {
    owed += share();
    if (owed < ALL) {
      return false;
    }
    owed -= ALL;
    return true;
  }

  /// Takes note of a good call.
  void succeeded() {
    good++;
  }

  /// Goes on to the next step if its time has come. Gives whether the last one is over. Few calls
  /// can't hold it up for ever: after a time it goes on with however few, if none made the breaker
  /// open again.
  boolean isOver(Instant now) {
    Duration took = Duration.between(stepBegun, now);
    boolean done =
        took.compareTo(settings.stepLimit()) >= 0
            || (took.compareTo(settings.stepTime()) >= 0 && good >= settings.stepCalls());
    if (done && step == settings.ramp().size() - 1) {
      return true;
    }
    if (done) {
      step++;
      stepBegun = now;
      good = 0;
    }
    return false;
  }
}
