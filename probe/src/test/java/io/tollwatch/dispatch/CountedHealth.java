package io.tollwatch.dispatch;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.health.Admission;
import io.tollwatch.health.Health;
import io.tollwatch.health.Permit;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A health whose breakers stand as the test says, and that counts how often each permit ended.
final class CountedHealth implements Health {

  final Map<String, BreakerState> denied = new HashMap<>();
  final List<Given> given = new ArrayList<>();

  /// What happens before a question is answered.
  Runnable asked = () -> {};

  /// A permit that was given.
  static final class Given implements Permit {
    final String provider;
    int settled;
    int abandoned;

    Given(String provider) {
      this.provider = provider;
    }

    @Override
    public void settle(Verdict verdict, Duration took) {
      settled++;
    }

    @Override
    public void abandon() {
      abandoned++;
    }
  }

  @Override
  public Admission ask(BreakerKey key, Origin origin) {
    asked.run();
    BreakerState state = denied.get(key.provider());
    return state == null
        ? new Admission.Granted(watch(key, origin))
        : new Admission.Denied(state, "the breaker is " + state.word());
  }

  @Override
  public Admission askAsLast(BreakerKey key, Origin origin) {
    return ask(key, origin);
  }

  @Override
  public Permit watch(BreakerKey key, Origin origin) {
    Given permit = new Given(key.provider());
    given.add(permit);
    return permit;
  }
}
