package io.tollwatch.ledger.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Binds a statement's values, and adds it to the statement's batch. Confined to one row.
final class Binder implements Row {

  private final PreparedStatement statement;
  private int next = 1;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  @Override
  public Binder put(Kind kind, @Nullable Object value) throws SQLException {
    int index = next++;
    switch (value) {
      case null -> statement.setNull(index, kind.type());
      case String text -> statement.setString(index, text);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Long number -> statement.setLong(index, number);
      case Integer small -> statement.setInt(index, small);
      case Boolean flag -> statement.setBoolean(index, flag);
      case Instant time -> statement.setObject(index, time.atOffset(ZoneOffset.UTC));
      default -> throw new IllegalArgumentException("no column holds " + value.getClass());
    }
    return this;
  }

  /// Texts as one array.
  Binder texts(Collection<String> values) throws SQLException {
    statement.setArray(
        next++, statement.getConnection().createArrayOf("varchar", values.toArray()));
    return this;
  }

  @Override
  public void add() throws SQLException {
    statement.addBatch();
  }
}
