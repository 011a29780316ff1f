package io.tollwatch.reconcile;

import java.util.Locale;

/// How a payment in doubt can be settled, besides by hand, which is always possible.
public enum Way {
  /// The reconciler asks the gateway.
  BY_LOOKUP,
  /// By the service's own query through Tollwatch: the gateway wants it signed by the merchant, or
  /// there are no credentials to ask with.
  BY_QUERY,
  /// By the service's own repeat with the same key: the gateway has no other lookup.
  BY_REPEAT,
  /// By a webhook of the gateway that the service relays.
  BY_EVIDENCE,
  /// By a person only.
  BY_HAND;

  /// The word as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
