package io.tollwatch.dispatch;

import io.tollwatch.health.Health;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;

/// Where calls go in tests that are about something else: every provider is healthy, nothing was
/// before.
final class Plain {

  private Plain() {}

  static Switchboard switchboard() {
    return new Switchboard(
        new Router(Health.unwatched()),
        new Gate(),
        Payments.fresh(),
        new RetryBudgets(System::nanoTime),
        Takers.none());
  }
}
