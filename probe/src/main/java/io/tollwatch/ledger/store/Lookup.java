package io.tollwatch.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds exchanges by trace, reference and request id. An index of the database would have such
/// texts come in no order, and each batch write most of it anew: four of them took five times the
/// rest of the work. So each batch adds one row with hashes of all of its own, and a search reads
/// them all from one end to the other, which takes tenths of a second for millions of exchanges.
/// Rows of small batches are put together from time to time. Part of the caller's transaction, and
/// confined to it.
final class Lookup {

  /// A batch of as many makes a row that is not worth being put together with others.
  private static final int LARGE = 1_000;

  /// After how many small rows they are put together.
  private static final int SMALL_ROWS = 256;

  private static final int PASSED_AT_ONCE = 100;

  private static final String ADD = "insert into exchange_lookup (last_no, entries) values (?, ?)";
  private static final String ADD_SMALL = "insert into exchange_lookup_small (entries) values (?)";

  /// The key alone: asked for any key, PostgreSQL sends the whole row back.
  private static final String[] SMALL_KEY = {"no"};

  private static final String SMALL = "select no, entries from exchange_lookup_small order by no";
  private static final String FORGET_SMALL = "delete from exchange_lookup_small where no <= ?";
  private static final String PASSED =
      "select no, entries from exchange_lookup where last_no < ? order by no limit ?";
  private static final String FORGET = "delete from exchange_lookup where no = ?";

  private final Connection connection;

  Lookup(Connection connection) {
    this.connection = connection;
  }

  /// Adds the entries of one batch.
  void add(LookupEntries entries) throws SQLException {
    if (entries.count() >= LARGE) {
      addRow(entries);
    } else if (entries.count() > 0 && addSmall(entries) % SMALL_ROWS == 0) {
      putTogether();
    }
  }

  private void addRow(LookupEntries entries) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setLong(1, entries.last());
      insert.setBytes(2, entries.packed());
      insert.executeUpdate();
    }
  }

  private long addSmall(LookupEntries entries) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_SMALL, SMALL_KEY)) {
      insert.setBytes(1, entries.packed());
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    }
  }

  /// Where several sidecars do so at once, some entries are there twice, which does no harm.
  private void putTogether() throws SQLException {
    LookupEntries entries = new LookupEntries();
    long last = 0;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(SMALL)) {
      while (row.next()) {
        last = row.getLong(1);
        entries.add(row.getBytes(2));
        if (entries.count() >= LARGE) {
          addRow(entries);
          entries = new LookupEntries();
        }
      }
    }
    if (entries.count() > 0) {
      addRow(entries);
    }
    try (PreparedStatement delete = connection.prepareStatement(FORGET_SMALL)) {
      delete.setLong(1, last);
      delete.executeUpdate();
    }
  }

  /// Forgets some rows all of whose exchanges have lower numbers, but for exchanges that stay.
  ///
  /// @param staying exchanges that are kept for all their age
  /// @return whether there may be more
  boolean forget(long before, Set<Long> staying) throws SQLException {
    LookupEntries kept = new LookupEntries();
    List<Long> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(PASSED)) {
      select.setLong(1, before);
      select.setInt(2, PASSED_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(row.getLong(1));
          kept.add(row.getBytes(2), staying::contains);
        }
      }
    }
    if (kept.count() > 0) {
      addRow(kept);
    }
    forget(rows);
    return rows.size() == PASSED_AT_ONCE;
  }

  private void forget(List<Long> rows) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      for (long no : rows) {
        delete.setLong(1, no);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /// The numbers of exchanges that may meet all that is wanted. The texts themselves are to be
  /// compared by the caller.
  static Set<Long> search(Store store, List<Join.Wanted> wanted) {
    List<Set<Long>> found = wanted.stream().map(_ -> (Set<Long>) new HashSet<Long>()).toList();
    for (String table : List.of("exchange_lookup", "exchange_lookup_small")) {
      new Question("select entries from " + table, (_, _) -> {})
          .each(
              store,
              row -> {
                byte[] packed = row.getBytes(1);
                for (int i = 0; i < wanted.size(); i++) {
                  LookupEntries.search(packed, wanted.get(i), found.get(i)::add);
                }
              });
    }
    Set<Long> all = found.getFirst();
    found.forEach(all::retainAll);
    return all;
  }
}
