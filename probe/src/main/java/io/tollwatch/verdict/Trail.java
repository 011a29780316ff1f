package io.tollwatch.verdict;

import io.tollwatch.profile.Origin;
import java.util.Objects;
import java.util.Optional;

/// How a verdict was found, for whoever doubts it. Immutable.
///
/// @param at file and line of the rule that matched, such as `stripe.yaml:48`; empty of what is in
///   code
/// @param byUser whether the rule is a user's own
/// @param overruled the shipped rule that the user's one displaced
/// @param finalSource where the gateway documents that such a payment is not taken and can't be
///   later; only of a payment, with a shipped rule, a status below 500 that the rule is documented
///   for, an answer that is believed and has no other code that speaks against it, and money
///   `rejected`
/// @param unmapped a code of the gateway, at most 100 characters, that no table of the profile
///   knows: what is more general decided
/// @param unmappedAt the first table that does not know it, such as `stripe/decline_code`: one of
///   the profile's, so that it can label metrics
/// @param amountDiffers whether it went well, but not for the amount or currency that was asked: so
///   it is in doubt
/// @param rail the card brand, the wallet or the bank that the answer names: one of the profile's
///   words, so that it can label metrics
/// @param stop where the answer of a refusal says that the payment must not be tried again
///   anywhere, and in which code, such as `$.error.network_advice_code 03`: it shuts the gate
public record Trail(
    Optional<String> at,
    boolean byUser,
    Optional<String> overruled,
    Optional<String> finalSource,
    Optional<String> unmapped,
    Optional<String> unmappedAt,
    boolean amountDiffers,
    Optional<String> rail,
    Optional<String> stop) {

  private static final Trail NONE =
      new Trail(
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  public Trail {
    // what was written before there were rails, or stops
    rail = Objects.requireNonNullElse(rail, Optional.empty());
    stop = Objects.requireNonNullElse(stop, Optional.empty());
  }

  /// Nothing is known of it.
  public static Trail none() {
    return NONE;
  }

  /// A rule that no answer was needed for.
  static Trail of(Origin origin) {
    return new Trail(
        Optional.of(origin.text()),
        !origin.shipped(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
