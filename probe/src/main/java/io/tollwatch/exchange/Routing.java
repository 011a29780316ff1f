package io.tollwatch.exchange;

import java.util.List;
import java.util.Optional;

/// How a call through a channel came to its provider. Immutable.
///
/// @param channel the channel's name
/// @param previous the exchange of the attempt before this one, of the same request
/// @param decisions what was decided before this attempt, in order
public record Routing(String channel, Optional<String> previous, List<Decision> decisions) {

  public Routing {
    decisions = List.copyOf(decisions);
  }
}
