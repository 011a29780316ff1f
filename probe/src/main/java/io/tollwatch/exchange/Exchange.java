package io.tollwatch.exchange;

import java.util.Optional;

/// One request of a payment service and what came of it. Immutable.
///
/// @param outcome empty while it runs, or if Tollwatch died while it ran
public record Exchange(Intent intent, Optional<Outcome> outcome) {

  public Exchange {
    if (outcome.isPresent() && !outcome.get().id().equals(intent.id())) {
      throw new IllegalArgumentException("the outcome of another exchange");
    }
  }

  /// The exchange's id.
  public String id() {
    return intent.id();
  }
}
