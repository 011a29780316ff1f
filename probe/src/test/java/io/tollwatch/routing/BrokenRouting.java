package io.tollwatch.routing;

import java.util.Set;

/// Makes gates that lack something, to show what it is there for. Stateless.
public final class BrokenRouting {

  private BrokenRouting() {}

  /// A gate without some of its rungs.
  public static Gate gateWithout(Set<Rung> rungs) {
    return Gate.without(rungs);
  }
}
