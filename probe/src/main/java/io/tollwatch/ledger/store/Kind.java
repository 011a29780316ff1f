package io.tollwatch.ledger.store;

import java.sql.Types;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What a column holds: as JDBC calls it, as PostgreSQL calls it, and the array that its driver
/// sends in binary.
enum Kind {
  NUMBER(Types.BIGINT, "bigint", Long[]::new),
  SMALL(Types.INTEGER, "integer", Integer[]::new),
  TEXT(Types.VARCHAR, "text", String[]::new),
  BYTES(Types.BINARY, "bytea", byte[][]::new),
  FLAG(Types.BOOLEAN, "boolean", Boolean[]::new),
  TIME(Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz", Object[]::new);

  private final int type;
  private final String postgres;

  @SuppressWarnings("ImmutableEnumChecker") // it only makes arrays
  private final IntFunction<@Nullable Object[]> array;

  Kind(int type, String postgres, IntFunction<@Nullable Object[]> array) {
    this.type = type;
    this.postgres = postgres;
    this.array = array;
  }

  /// The constant of [Types].
  int type() {
    return type;
  }

  String postgres() {
    return postgres;
  }

  IntFunction<@Nullable Object[]> array() {
    return array;
  }
}
