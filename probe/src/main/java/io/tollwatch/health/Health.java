package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;

/// Says which providers can be used now, and learns from every call. Thread-safe; never waits.
public interface Health {

  /// Asks for leave to make a call that could also go elsewhere.
  Admission ask(BreakerKey key, Origin origin);

  /// Asks for leave to make a call that can go nowhere else. After an outage only a share of the
  /// calls comes back to a provider; a call that no other can take is not turned away for that.
  Admission askAsLast(BreakerKey key, Origin origin);

  /// Takes note of a call that goes there whatever the breaker says: its caller named the provider,
  /// or the payment is there. Its result counts all the same.
  Permit watch(BreakerKey key, Origin origin);

  /// A health that lets everything through and learns nothing.
  static Health unwatched() {
    return Unwatched.EVERYTHING;
  }

  /// Lets everything through.
  enum Unwatched implements Health, Permit {
    /// The only one.
    EVERYTHING;

    @Override
    public Admission ask(BreakerKey key, Origin origin) {
      return new Admission.Granted(this);
    }

    @Override
    public Admission askAsLast(BreakerKey key, Origin origin) {
      return ask(key, origin);
    }

    @Override
    public Permit watch(BreakerKey key, Origin origin) {
      return this;
    }

    @Override
    public void settle(Verdict verdict, Duration took) {
      // learns nothing
    }

    @Override
    public void abandon() {
      // learns nothing
    }
  }
}
