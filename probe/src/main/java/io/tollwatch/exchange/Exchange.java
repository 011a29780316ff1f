package io.tollwatch.exchange;

import io.tollwatch.taxonomy.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One request of a payment service and what came of it. Immutable.
///
/// @param outcome empty while it runs, or if Tollwatch died while it ran
/// @param resolutions what was learned later of a payment in doubt or pending, oldest first: the
///   last one counts
public record Exchange(Intent intent, Optional<Outcome> outcome, List<Resolution> resolutions) {

  public Exchange {
    if (outcome.isPresent() && !outcome.get().id().equals(intent.id())) {
      throw new IllegalArgumentException("the outcome of another exchange");
    }
    // documents written before there were resolutions have none
    resolutions = List.copyOf(Objects.requireNonNullElse(resolutions, List.of()));
  }

  /// An exchange of which nothing was learned later.
  public Exchange(Intent intent, Optional<Outcome> outcome) {
    this(intent, outcome, List.of());
  }

  /// The exchange's id.
  public String id() {
    return intent.id();
  }

  /// This exchange with what was learned later.
  public Exchange resolved(List<Resolution> later) {
    return later.isEmpty() ? this : new Exchange(intent, outcome, later);
  }

  /// What counts of what was learned later.
  public Optional<Resolution> resolution() {
    return resolutions.isEmpty() ? Optional.empty() : Optional.of(resolutions.getLast());
  }

  /// What the money came to, as far as it is known now; empty while it runs.
  public Optional<Money> money() {
    return resolution()
        .map(Resolution::money)
        .or(() -> outcome.map(known -> known.verdict().money()));
  }
}
