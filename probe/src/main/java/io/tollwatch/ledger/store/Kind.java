package io.tollwatch.ledger.store;

import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a column holds: as JDBC calls it, and as PostgreSQL does.
enum Kind {
  NUMBER(Types.BIGINT, "bigint"),
  SMALL(Types.INTEGER, "integer"),
  TEXT(Types.VARCHAR, "text"),
  BYTES(Types.BINARY, "bytea"),
  FLAG(Types.BOOLEAN, "boolean"),
  TIME(Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz");

  private final int type;
  private final String postgres;

  Kind(int type, String postgres) {
    this.type = type;
    this.postgres = postgres;
  }

  /// The constant of [Types].
  int type() {
    return type;
  }

  String postgres() {
    return postgres;
  }

  /// These values as an array of their own class, which PostgreSQL's driver sends in binary.
  @Nullable Object[] array(List<@Nullable Object> values) {
    return switch (this) {
      case NUMBER -> values.toArray(new Long[0]);
      case SMALL -> values.toArray(new Integer[0]);
      case TEXT -> values.toArray(new String[0]);
      case BYTES -> values.toArray(new byte[0][]);
      case FLAG -> values.toArray(new Boolean[0]);
      case TIME -> values.toArray();
    };
  }
}
