package io.tollwatch.verdict;

import java.util.Optional;

/// What the gateway itself said, in its own words, redacted. Immutable.
///
/// @param code its most specific code, such as Stripe's decline code
/// @param message its message for people
/// @param requestId its id of this request, which its support asks for
public record GatewayError(
    Optional<String> code, Optional<String> message, Optional<String> requestId) {

  private static final GatewayError NONE =
      new GatewayError(Optional.empty(), Optional.empty(), Optional.empty());

  /// It said nothing.
  public static GatewayError none() {
    return NONE;
  }
}
