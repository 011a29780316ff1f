package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.Joiner.Joined;
import io.tollwatch.ledger.journal.JournalReader;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.journal.Position;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.Fed;
import io.tollwatch.ledger.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Feeds a store from a journal, a step at a time. What the store refused to take is offered again
/// by the next step, before anything more is read. Confined to one thread.
final class Feed implements AutoCloseable {

  /// An exchange is an intent and an outcome.
  private static final int RECORDS_OF_EXCHANGE = 2;

  private static final int MAX_BYTES = 4 << 20;

  /// How long an intent waits for its outcome.
  private static final Duration HOLD = Duration.ofSeconds(1);

  private final UUID journal;
  private final JournalReader reader;
  private final Store store;
  private final LedgerCounts counts;
  private final LongSupplier nanos;
  private final Joiner joiner = new Joiner();
  private @Nullable Joined pending;
  private volatile Position done;
  private int records;

  /// @param journal the journal's id
  Feed(UUID journal, JournalReader reader, Store store, LedgerCounts counts, LongSupplier nanos) {
    this.journal = journal;
    this.reader = reader;
    this.store = store;
    this.counts = counts;
    this.nanos = nanos;
    this.done = reader.position();
  }

  /// One step: reads what fits, feeds what is ready.
  ///
  /// @param end up to where to read
  /// @param hurry whether nothing is held back
  /// @return whether there may be more to be read before the end
  boolean step(Position end, boolean hurry) throws SQLException {
    feedPending();
    List<JournalRecord> read =
        reader.read(end, RECORDS_OF_EXCHANGE * store.batch(), MAX_BYTES).records();
    records = read.size();
    read.forEach(this::take);
    // of what came meanwhile a batch of its own would be made, and many small ones cost much more
    boolean more = !read.isEmpty() && end.isAfter(reader.position());
    long now = nanos.getAsLong();
    pending = joiner.take(reader.position(), hurry && !more ? now : now - HOLD.toNanos());
    feedPending();
    return more;
  }

  /// How many records the last step read.
  int records() {
    return records;
  }

  /// The place before which the store has everything.
  Position done() {
    return done;
  }

  /// Where the reader is.
  Position read() {
    return reader.position();
  }

  private void take(JournalRecord written) {
    switch (JournalCodec.said(written).orElse(null)) {
      case Intent intent -> joiner.add(intent, written.position(), nanos.getAsLong());
      case Outcome outcome -> joiner.add(outcome);
      case Resolution resolution -> joiner.add(resolution);
      case BreakerChange change -> joiner.add(change);
      case ChannelChange _ -> {} // the journal has it: no question to the store is about it
      case TestMoney _ -> {} // lives in the journal only
      case null -> counts.leftOut("a record of the journal can't be understood");
    }
  }

  private void feedPending() throws SQLException {
    Joined ready = pending;
    if (ready == null) {
      return;
    }
    if (!ready.isEmpty()) {
      count(ready, store.feed(batch(ready)));
    }
    pending = null;
    done = ready.done();
  }

  private Batch batch(Joined ready) {
    return new Batch(
        journal,
        ready.exchanges(),
        ready.late(),
        ready.resolutions(),
        ready.changes(),
        new Batch.Position(ready.done().segment(), ready.done().offset()));
  }

  private void count(Joined ready, Fed fed) {
    fed.orphans().forEach(_ -> counts.leftOut("an outcome came whose intent had not been kept"));
    fed.refused().forEach(each -> counts.leftOut("the store refused a record: " + each.reason()));
    counts.wrote(ready.exchanges().size());
  }

  /// Closes the file that it reads.
  @Override
  public void close() {
    reader.close();
  }

  /// Where a store says that a feeder is.
  static Position position(Store store, UUID journal) throws SQLException {
    Optional<Batch.Position> fed = store.position(journal);
    return fed.map(at -> new Position(at.segment(), at.offset())).orElse(Position.BEGINNING);
  }
}
