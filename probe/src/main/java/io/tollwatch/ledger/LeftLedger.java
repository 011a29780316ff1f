package io.tollwatch.ledger;

import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.journal.Damage;
import io.tollwatch.ledger.journal.JournalReader;
import io.tollwatch.ledger.journal.Opening;
import io.tollwatch.ledger.journal.Position;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.IncidentShelf;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Store;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// The ledger of a folder in which no sidecar runs. Opening it feeds the store with what the
/// journal has beyond it, and settles what has no outcome as unfinished; the journal itself is not
/// touched. Thread-safe, once open.
public final class LeftLedger implements AutoCloseable {

  private final Store store;

  private LeftLedger(Store store) {
    this.store = store;
  }

  /// What came of opening one.
  public sealed interface Opened {
    /// It can be read. Whoever asked for it closes it.
    ///
    /// @param fed how many exchanges the store was fed
    /// @param unfinished how many exchanges had no outcome and were settled as unfinished
    record Ready(LeftLedger ledger, long fed, int unfinished) implements Opened {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Refused(String reason) implements Opened {}
  }

  /// Who watches it being opened. Immutable.
  ///
  /// @param damaged told about each place of the journal that can't be read
  /// @param fed told how many exchanges the store was fed so far
  public record Watch(Consumer<Damage> damaged, LongConsumer fed) {

    /// Nobody.
    public static Watch none() {
      return new Watch(_ -> {}, _ -> {});
    }
  }

  /// Opens it: the store is fed with what the journal has beyond it.
  ///
  /// @param store closed with it, and if it can't be opened
  public static Opened open(
      DataFolder folder, Store store, InstantSource clock, LongSupplier nanos, Watch watch) {
    return open(folder, store, new Filling(new LedgerCounts(clock), nanos, watch, false));
  }

  /// Opens it, feeding the store with all that the journal has: what is in the store stays.
  ///
  /// @param store closed with it, and if it can't be opened
  public static Opened refill(
      DataFolder folder, Store store, InstantSource clock, LongSupplier nanos, Watch watch) {
    return open(folder, store, new Filling(new LedgerCounts(clock), nanos, watch, true));
  }

  private static Opened open(DataFolder folder, Store store, Filling filling) {
    Path journal = folder.path().resolve(JournaledLedger.JOURNAL);
    try {
      store.open();
      if (!Files.isDirectory(journal)) {
        return new Opened.Ready(new LeftLedger(store), 0, 0);
      }
      return switch (JournalReader.open(journal, Position.BEGINNING, _ -> {})) {
        case Opening.Newer<JournalReader> newer -> refused(store, newer.reason());
        case Opening.Unusable<JournalReader>(String reason) -> refused(store, reason);
        case Opening.Ready<JournalReader>(JournalReader first) -> {
          UUID id = first.journal();
          first.close();
          yield filling.fill(store, journal, id);
        }
      };
    } catch (SQLException | UncheckedIOException e) {
      return refused(store, "the ledger can't be opened: " + e.getMessage());
    }
  }

  /// How the store is fed.
  ///
  /// @param all whether from the journal's beginning
  private record Filling(LedgerCounts counts, LongSupplier nanos, Watch watch, boolean all) {

    Opened fill(Store store, Path journal, UUID id) throws SQLException {
      Position from = all ? Position.BEGINNING : Feed.position(store, id);
      Opening<JournalReader> opening = JournalReader.open(journal, from, watch.damaged());
      if (!(opening instanceof Opening.Ready<JournalReader>(JournalReader reader))) {
        return refused(store, "the journal can't be read any more");
      }
      try (Feed feed = new Feed(id, reader, store, counts, nanos)) {
        while (feed.step(Position.UNBOUNDED, true)) {
          watch.fed().accept(counts.written());
        }
      }
      int unfinished = Settlement.of(store, id);
      return new Opened.Ready(new LeftLedger(store), counts.written(), unfinished);
    }
  }

  private static Opened refused(Store store, String reason) {
    store.close();
    return new Opened.Refused(reason);
  }

  /// Keeps what judging again came to, beside the verdicts that are there.
  ///
  /// @return how many were kept
  /// @throws UncheckedIOException if the database fails
  public int keep(List<Rejudgement> rejudgements) {
    return store.keep(rejudgements);
  }

  /// Reads it, until it is closed.
  public ExchangeReader reader() {
    return store.reader();
  }

  /// Answers what reports ask, until it is closed.
  public ReportReader reports() {
    return store.reports();
  }

  /// Keeps incidents, in the store.
  public IncidentShelf incidents() {
    return store.incidents();
  }

  @Override
  public void close() {
    store.close();
  }
}
