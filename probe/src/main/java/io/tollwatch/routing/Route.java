package io.tollwatch.routing;

import io.tollwatch.exchange.Decision;
import io.tollwatch.health.Permit;
import java.util.List;

/// Where a call goes. Immutable but for the permit.
public sealed interface Route {

  /// What was decided on the way, in order.
  List<Decision> decisions();

  /// To that provider.
  ///
  /// @param permit ends with the attempt
  record Chosen(String provider, Permit permit, List<Decision> decisions) implements Route {

    public Chosen {
      decisions = List.copyOf(decisions);
    }
  }

  /// Nowhere: no provider can take it now.
  record Exhausted(List<Decision> decisions) implements Route {

    public Exhausted {
      decisions = List.copyOf(decisions);
    }
  }
}
