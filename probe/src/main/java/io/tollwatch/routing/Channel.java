package io.tollwatch.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A way to be paid, served by several providers that speak the same API. Immutable.
///
/// @param name the first part of the path on the egress port
/// @param providers names of its providers, at least one, the first choice first
/// @param deadline how long after the call came another provider may still be tried; a call under
///   way is not broken off by it
/// @param maxAttempts how many providers one call may be sent to
/// @param retryShare how many of the calls may be sent to another provider, 0 to 1
/// @param requireIdentity whether a call that may move money and has neither an idempotency key nor
///   a merchant reference is refused
/// @param failOverDeclines whether a decline that is marked final may go to another provider
/// @param sameReference what happens to a call that has the merchant reference of an earlier
///   payment that may have been taken, but not its idempotency key
public record Channel(
    String name,
    List<String> providers,
    Strategy strategy,
    Duration deadline,
    int maxAttempts,
    double retryShare,
    boolean requireIdentity,
    boolean failOverDeclines,
    SameReference sameReference) {

  public Channel {
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider: " + name);
    }
    providers = List.copyOf(providers);
  }

  /// What happens to a payment that only its reference tells.
  public enum SameReference {
    /// It is refused, with nothing sent.
    REFUSE,
    /// It goes to the provider of the earlier one, flagged.
    FORWARD
  }

  /// The first choice.
  public String first() {
    return providers.getFirst();
  }

  /// The only provider, if there is but one.
  public Optional<String> only() {
    return providers.size() == 1 ? Optional.of(first()) : Optional.empty();
  }
}
