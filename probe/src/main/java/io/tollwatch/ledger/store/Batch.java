package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import java.util.List;
import java.util.UUID;

/// What the store is fed at once: all of it in one transaction, or nothing. Immutable.
///
/// @param journal who feeds
/// @param exchanges with their outcomes where these are known already, which is the fast way
/// @param outcomes those whose intents came in an earlier batch
/// @param resolutions what was learned later, of these or of others
/// @param changes how breakers changed
/// @param position how far the feeder is once the batch is kept
public record Batch(
    UUID journal,
    List<Exchange> exchanges,
    List<Outcome> outcomes,
    List<Resolution> resolutions,
    List<BreakerChange> changes,
    Position position) {

  /// How many exchanges and how many outcomes it has at most.
  public static final int MAX_RECORDS = 10_000;

  public Batch {
    if (exchanges.size() > MAX_RECORDS || outcomes.size() > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "more than %d: %d, %d".formatted(MAX_RECORDS, exchanges.size(), outcomes.size()));
    }
    exchanges = List.copyOf(exchanges);
    outcomes = List.copyOf(outcomes);
    resolutions = List.copyOf(resolutions);
    changes = List.copyOf(changes);
  }

  /// Exchanges and outcomes only.
  public Batch(UUID journal, List<Exchange> exchanges, List<Outcome> outcomes, Position position) {
    this(journal, exchanges, outcomes, List.of(), List.of(), position);
  }

  /// A place in a journal.
  ///
  /// @param segment the segment's number
  /// @param offset bytes from its start
  public record Position(long segment, long offset) {}
}
