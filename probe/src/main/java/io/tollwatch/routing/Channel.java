package io.tollwatch.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
/// @param repeat whether a call whose answer was lost may be sent to the same provider again, where
///   that is proven harmless
/// @param sharing whether other sidecars serve it too, and how they keep out of each other's way
/// @param drained those of its providers that get no new payments, until the configuration changes
/// @param canary how the shares of canaries grow
public record Channel(
    String name,
    List<String> providers,
    Strategy strategy,
    Duration deadline,
    int maxAttempts,
    double retryShare,
    boolean requireIdentity,
    boolean failOverDeclines,
    SameReference sameReference,
    boolean repeat,
    Sharing sharing,
    Set<String> drained,
    CanarySettings canary) {

  /// One that no other sidecar serves, with all of its providers in use and without repeats.
  public Channel(
      String name,
      List<String> providers,
      Strategy strategy,
      Duration deadline,
      int maxAttempts,
      double retryShare,
      boolean requireIdentity,
      boolean failOverDeclines,
      SameReference sameReference) {
    this(
        name,
        providers,
        strategy,
        deadline,
        maxAttempts,
        retryShare,
        requireIdentity,
        failOverDeclines,
        sameReference,
        false,
        Sharing.ALONE,
        Set.of(),
        CanarySettings.defaults());
  }

  public Channel {
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider: " + name);
    }
    providers = List.copyOf(providers);
    drained = Set.copyOf(drained);
  }

  /// What happens to a payment that only its reference tells.
  public enum SameReference {
    /// It is refused, with nothing sent.
    REFUSE,
    /// It goes to the provider of the earlier one, flagged.
    FORWARD
  }

  /// How sidecars that serve the channel together keep a payment at one provider.
  public enum Sharing {
    /// No other sidecar serves it.
    ALONE,
    /// By claims in the shared ledger; where it can't be asked, payments are refused.
    CLAIMS,
    /// By claims in the shared ledger; where it can't be asked, payments go to the first provider.
    CLAIMS_OR_FIRST,
    /// They share no ledger: by using the first provider only.
    FIRST_ONLY;

    /// Whether payments are claimed in the shared ledger.
    public boolean claims() {
      return this == CLAIMS || this == CLAIMS_OR_FIRST;
    }
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
