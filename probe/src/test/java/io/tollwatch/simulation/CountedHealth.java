package io.tollwatch.simulation;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.health.Admission;
import io.tollwatch.health.Health;
import io.tollwatch.health.Permit;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A health that counts how often each of its permits ends, and lets the others go on before each
/// question and after each answer.
///
/// @param permits all that were given
record CountedHealth(Health health, Life life, List<Counted> permits) implements Health {

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
    return asked(() -> health.ask(key, origin));
  }

  @Override
  public Admission askAsLast(BreakerKey key, Origin origin) {
    return asked(() -> health.askAsLast(key, origin));
  }

  private Admission asked(Supplier<Admission> question) {
    life.breathe();
    Admission admission =
        switch (question.get()) {
          case Admission.Granted(Permit permit) -> new Admission.Granted(counted(permit));
          case Admission.Denied denied -> denied;
        };
    life.pause();
    return admission;
  }

  @Override
  public Permit watch(BreakerKey key, Origin origin) {
    return counted(health.watch(key, origin));
  }

  private Permit counted(Permit permit) {
    Counted counted = new Counted(permit);
    permits.add(counted);
    return counted;
  }
}
