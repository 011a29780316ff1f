package io.tollwatch.ledger;

import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/// Settles what earlier runs left without an outcome: nobody saw its end. Done once the store has
/// all that they wrote and nothing of this run, so no clock that was set back can mix them up.
final class Settlement {

  private static final Instant ALL = Instant.parse("9999-01-01T00:00:00Z");

  private Settlement() {}

  /// Gives each of them an outcome that says so.
  ///
  /// @param journal whose exchanges, beside those of versions that had no journal
  /// @return how many there were
  static int of(Store store, UUID journal) throws SQLException {
    return store.settleUnfinished(journal, ALL) + store.settleUnfinished(Store.NO_JOURNAL, ALL);
  }
}
