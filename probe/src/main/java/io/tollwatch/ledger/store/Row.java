package io.tollwatch.ledger.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the values of one row from left to right, the absent ones as null. Confined to that row.
sealed interface Row permits Binder, ColumnRows.Entry {

  /// Text as the database can hold it: PostgreSQL knows no NUL, so both get the replacement
  /// character.
  default Row text(@Nullable String value) throws SQLException {
    return value == null || value.indexOf('\0') < 0
        ? put(Kind.TEXT, value)
        : put(Kind.TEXT, value.replace('\0', '\uFFFD'));
  }

  default Row text(Optional<String> value) throws SQLException {
    return text(value.orElse(null));
  }

  /// Text in UTF-8, with the same care. Databases take bytes at a fraction of the cost of text.
  default Row utf8(Optional<String> value) throws SQLException {
    return bytes(
        value.map(it -> it.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8)).orElse(null));
  }

  default Row bytes(byte @Nullable [] value) throws SQLException {
    return put(Kind.BYTES, value);
  }

  default Row number(@Nullable Long value) throws SQLException {
    return put(Kind.NUMBER, value);
  }

  default Row small(@Nullable Integer value) throws SQLException {
    return put(Kind.SMALL, value);
  }

  default Row flag(@Nullable Boolean value) throws SQLException {
    return put(Kind.FLAG, value);
  }

  default Row time(Instant value) throws SQLException {
    return put(Kind.TIME, value);
  }

  /// Takes the next value, of that kind.
  Row put(Kind kind, @Nullable Object value) throws SQLException;

  /// Ends the row.
  void add() throws SQLException;
}
