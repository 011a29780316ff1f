package io.tollwatch.ledger.store;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Gives exchanges numbers that no other has. Confined to one batch.
final class FreeNumbers {

  private static final String ANOTHER = "";

  /// Whose each is.
  private final Map<Long, String> taken = new HashMap<>();

  /// @param taken numbers that other rows have already, as far as they may matter
  FreeNumbers(Set<Long> taken) {
    taken.forEach(no -> this.taken.put(no, ANOTHER));
  }

  /// A number for that exchange.
  ///
  /// @param first the first that it may have
  /// @throws SQLException as the database would throw it, of SQLSTATE 23505 if the exchange has one
  ///   already, of class 22 if none is free
  long take(long first, String id) throws SQLException {
    for (long no = first; no < first + RowNumber.SLOTS; no++) {
      String holder = taken.putIfAbsent(no, id);
      if (holder == null) {
        return no;
      }
      if (holder.equals(id)) {
        throw new SQLIntegrityConstraintViolationException("it is there twice: " + id, "23505");
      }
    }
    throw new SQLDataException("no number is free for " + id, "22000");
  }
}
