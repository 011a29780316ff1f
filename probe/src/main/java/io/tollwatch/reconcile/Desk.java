package io.tollwatch.reconcile;

import io.tollwatch.dispatch.Provider;
import java.util.Optional;

/// A provider as it can be asked about payments. Immutable.
///
/// @param provider with the credentials to ask with
/// @param asks whether it shall be asked: switched on, and there are credentials
/// @param cancels whether a payment that can't be found out about may be cancelled
/// @param webhookSecret under which its webhooks are signed; secret
public record Desk(
    Provider provider, boolean asks, boolean cancels, Optional<String> webhookSecret, Pace pace) {

  /// Whether a relayed webhook can prove something.
  boolean hearsWebhooks() {
    return webhookSecret.isPresent() && !provider.profile().lookup().webhooks().isEmpty();
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "Desk[" + provider + "]";
  }
}
