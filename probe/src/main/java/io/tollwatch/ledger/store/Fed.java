package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Outcome;
import java.util.List;

/// What came of a batch that is kept. Immutable.
///
/// @param orphans outcomes whose intent the store has never seen
/// @param refused records that the database can't hold, such as a time beyond its calendar; they
///   would be refused again
public record Fed(List<Outcome> orphans, List<Refused> refused) {

  public Fed {
    orphans = List.copyOf(orphans);
    refused = List.copyOf(refused);
  }

  /// A record that was left out.
  ///
  /// @param id the exchange's id
  /// @param reason for people
  public record Refused(String id, Part part, String reason) {}

  /// What of an exchange was left out.
  public enum Part {
    /// The exchange, with all that came of it.
    EXCHANGE,
    /// Only its outcome.
    OUTCOME,
    /// What was learned of it later.
    RESOLUTION
  }
}
