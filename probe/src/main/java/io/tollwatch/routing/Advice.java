package io.tollwatch.routing;

import java.util.List;
import java.util.Optional;

/// Where a new payment could go now, for services that make their calls themselves. Immutable. A
/// word of advice: it claims nothing and takes no place.
///
/// @param provider the first that can be used; empty if none can
/// @param providers all of the channel, in the order in which they would be asked, those that do
///   not come into question last
public record Advice(Optional<String> provider, List<Candidate> providers) {

  public Advice {
    providers = List.copyOf(providers);
  }

  /// What is said of one provider. Immutable.
  ///
  /// @param usable whether a new payment could go there
  /// @param reason one line for people
  public record Candidate(String provider, boolean usable, String reason) {}
}
