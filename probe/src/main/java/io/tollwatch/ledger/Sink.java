package io.tollwatch.ledger;

import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.Fed;
import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where batches go. Used by one thread.
interface Sink {

  /// Makes it ready before the first batch.
  void prepare() throws SQLException;

  /// Takes all of a batch, or nothing.
  Fed feed(Batch batch) throws SQLException;

  /// That store, in which everything without outcome is of an earlier run when it is made ready.
  static Sink of(Store store) {
    return new Sink() {
      @Override
      public void prepare() throws SQLException {
        settle(store);
      }

      @Override
      public Fed feed(Batch batch) throws SQLException {
        return store.feed(batch);
      }
    };
  }

  /// Settles what an earlier run left without outcome.
  static void settle(Store store) throws SQLException {
    Logger log = LoggerFactory.getLogger(Sink.class);
    int settled = store.settleUnfinished(Store.NO_JOURNAL, Instant.parse("9999-12-31T00:00:00Z"));
    if (settled > 0) {
      log.warn("{} calls of an earlier run have no outcome: they count as answer lost", settled);
    }
  }
}
