package io.tollwatch.routing;

import java.util.List;

/// How a channel chooses among its providers. Immutable.
public sealed interface Strategy {

  /// The providers in the order in which they are asked for leave, for one call.
  ///
  /// @param providers all of the channel, as configured
  List<String> order(List<String> providers);

  /// The first healthy one, as configured.
  record Ordered() implements Strategy {

    @Override
    public List<String> order(List<String> providers) {
      return providers;
    }
  }
}
