package io.tollwatch.ledger.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Binds a statement's values from left to right, the absent ones with their type. Confined to one
/// row.
final class Binder {

  private final PreparedStatement statement;
  private int next = 1;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  /// Text as the database can hold it: PostgreSQL knows no NUL, so both get the replacement
  /// character.
  Binder text(@Nullable String value) throws SQLException {
    if (value == null) {
      statement.setNull(next++, Types.VARCHAR);
    } else {
      statement.setString(next++, value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD'));
    }
    return this;
  }

  Binder text(Optional<String> value) throws SQLException {
    return text(value.orElse(null));
  }

  /// Text in UTF-8, with the same care. Databases take bytes at a fraction of the cost of text.
  Binder utf8(Optional<String> value) throws SQLException {
    return bytes(
        value.map(it -> it.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8)).orElse(null));
  }

  Binder bytes(byte @Nullable [] value) throws SQLException {
    if (value == null) {
      statement.setNull(next++, Types.BINARY);
    } else {
      statement.setBytes(next++, value);
    }
    return this;
  }

  Binder number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(next++, Types.BIGINT);
    } else {
      statement.setLong(next++, value);
    }
    return this;
  }

  Binder small(@Nullable Integer value) throws SQLException {
    if (value == null) {
      statement.setNull(next++, Types.INTEGER);
    } else {
      statement.setInt(next++, value);
    }
    return this;
  }

  Binder flag(@Nullable Boolean value) throws SQLException {
    if (value == null) {
      statement.setNull(next++, Types.BOOLEAN);
    } else {
      statement.setBoolean(next++, value);
    }
    return this;
  }

  Binder time(Instant value) throws SQLException {
    statement.setObject(next++, value.atOffset(ZoneOffset.UTC));
    return this;
  }

  Binder texts(Collection<String> values) throws SQLException {
    statement.setArray(
        next++, statement.getConnection().createArrayOf("varchar", values.toArray()));
    return this;
  }

  void add() throws SQLException {
    statement.addBatch();
  }
}
