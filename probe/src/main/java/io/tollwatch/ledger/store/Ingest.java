package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.Fed.Part;
import io.tollwatch.ledger.store.Fed.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Feeds one batch in one transaction. At first all is simply inserted, because nearly always all
/// is new. If a number turns out to be taken already, it is started again without what is known; if
/// the database refuses a value, again one by one, so that only that record is left out. Confined
/// to one batch.
final class Ingest {

  private static final String DUPLICATE = "23505";
  private static final String CONSTRAINT = "23";
  private static final String DATA = "22";

  private final Connection connection;
  private final Database database;
  private final Set<String> sharedChannels;

  /// @param sharedChannels of which claims are kept
  Ingest(Connection connection, Database database, Set<String> sharedChannels) {
    this.connection = connection;
    this.database = database;
    this.sharedChannels = sharedChannels;
  }

  /// Writes all of the batch, or nothing.
  Fed feed(Batch batch) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return write(batch, batch.exchanges(), batch.outcomes(), Set.of());
    } catch (SQLException e) {
      rollBack(e);
      if (!refusesRecord(e)) {
        throw e;
      }
    } catch (RuntimeException e) {
      rollBack(e);
      throw e;
    }
    return feedWhatIsNew(batch);
  }

  private Fed feedWhatIsNew(Batch batch) throws SQLException {
    Map<String, Exchange> fresh = new LinkedHashMap<>();
    batch.exchanges().forEach(next -> fresh.merge(next.id(), next, Ingest::joined));
    List<Outcome> outcomes = new ArrayList<>(batch.outcomes());
    KnownRow.Found found = KnownRow.find(connection, fresh.keySet());
    for (String known : found.byId().keySet()) {
      Exchange told = fresh.remove(known);
      if (told != null) {
        told.outcome().ifPresent(outcomes::addFirst);
      }
    }
    List<Exchange> exchanges = List.copyOf(fresh.values());
    try {
      return write(batch, exchanges, outcomes, found.taken());
    } catch (SQLException e) {
      rollBack(e);
      if (!refusesRecord(e) || DUPLICATE.equals(e.getSQLState())) {
        throw e;
      }
    }
    return feedSingly(batch, exchanges, outcomes, found.taken());
  }

  private static Exchange joined(Exchange first, Exchange second) {
    return first.outcome().isPresent() ? first : new Exchange(first.intent(), second.outcome());
  }

  private Fed write(Batch batch, List<Exchange> exchanges, List<Outcome> outcomes, Set<Long> taken)
      throws SQLException {
    int journal = Journals.advance(connection, batch.journal(), batch.position());
    inserting(journal, taken).insert(exchanges);
    List<Outcome> orphans = new Ending(connection).end(outcomes);
    List<Refused> refused = note(batch);
    follow(exchanges, outcomes, batch);
    connection.commit();
    return new Fed(orphans, refused);
  }

  private void follow(List<Exchange> exchanges, List<Outcome> outcomes, Batch batch)
      throws SQLException {
    ClaimRows claims = new ClaimRows(connection);
    claims.begun(exchanges, sharedChannels);
    claims.ended(exchanges.stream().flatMap(each -> each.outcome().stream()).toList());
    claims.ended(outcomes);
    claims.resolved(batch.resolutions());
  }

  private Inserting inserting(int journal, Set<Long> taken) {
    return new Inserting(
        connection, table -> database.rows(table, connection), journal, new FreeNumbers(taken));
  }

  private List<Refused> note(Batch batch) throws SQLException {
    Notes notes = new Notes(connection);
    notes.change(batch.changes());
    return notes.resolve(batch.resolutions());
  }

  private Fed feedSingly(
      Batch batch, List<Exchange> exchanges, List<Outcome> outcomes, Set<Long> taken)
      throws SQLException {
    int journal = Journals.advance(connection, batch.journal(), batch.position());
    Inserting inserting = inserting(journal, taken);
    List<Refused> refused = new ArrayList<>();
    List<Outcome> orphans = new ArrayList<>();
    for (Exchange next : exchanges) {
      guarded(next.id(), Part.EXCHANGE, refused, () -> inserting.insert(List.of(next)));
    }
    for (Outcome next : outcomes) {
      guarded(
          next.id(),
          Part.OUTCOME,
          refused,
          () -> orphans.addAll(new Ending(connection).end(List.of(next))));
    }
    refused.addAll(note(batch));
    follow(exchanges, outcomes, batch);
    connection.commit();
    return new Fed(orphans, refused);
  }

  private void guarded(String id, Part part, List<Refused> refused, Step step) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      step.run();
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (!refusesRecord(e)) {
        throw e;
      }
      connection.rollback(before);
      refused.add(new Refused(id, part, String.valueOf(e.getMessage())));
    }
  }

  /// Whether the record is at fault, not the database.
  private static boolean refusesRecord(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith(DATA) || state.startsWith(CONSTRAINT);
  }

  private void rollBack(Exception first) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
