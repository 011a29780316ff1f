package io.tollwatch.routing;

import java.util.Optional;

/// What came of claiming a payment for a provider. Immutable.
public sealed interface Claiming {

  /// It may be sent there.
  ///
  /// @param earlier an attempt of the same payment that stands at the same provider
  record Granted(Optional<Standing> earlier) implements Claiming {}

  /// It may be sent to the provider of that attempt only.
  record Bound(Standing earlier) implements Claiming {}

  /// It may not be sent at all.
  ///
  /// @param earlier the attempt in its way
  /// @param reason one line for people
  record Refused(Standing earlier, String reason) implements Claiming {}

  /// Nobody knows whether another sidecar has an attempt of it.
  ///
  /// @param reason one line for people
  /// @param perhaps whether the claim may have been made all the same
  record Unconfirmed(String reason, boolean perhaps) implements Claiming {}
}
