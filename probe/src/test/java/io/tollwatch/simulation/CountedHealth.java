package io.tollwatch.simulation;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.Admission;
import io.tollwatch.health.Health;
import io.tollwatch.health.Permit;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.List;

/// A health that counts how often each of its permits ends, and before each question lets the
/// others go on.
///
/// @param permits all that were given
/// @param asked told of each question when it is asked
record CountedHealth(Health health, Life life, List<Counted> permits, Runnable asked)
    implements Health {

  /// A permit that was given.
  static final class Counted implements Permit {
    private final Permit permit;
    int ends;

    Counted(Permit permit) {
      this.permit = permit;
    }

    @Override
    public void settle(Verdict verdict, Duration took) {
      ends++;
      permit.settle(verdict, took);
    }

    @Override
    public void abandon() {
      ends++;
      permit.abandon();
    }
  }

  @Override
  public Admission ask(BreakerKey key, Origin origin) {
    life.breathe();
    asked.run();
    return switch (health.ask(key, origin)) {
      case Admission.Granted(Permit permit) -> new Admission.Granted(counted(permit));
      case Admission.Denied denied -> denied;
    };
  }

  @Override
  public Permit watch(BreakerKey key, Origin origin) {
    asked.run();
    return counted(health.watch(key, origin));
  }

  private Permit counted(Permit permit) {
    Counted counted = new Counted(permit);
    permits.add(counted);
    return counted;
  }
}
