package io.tollwatch.ledger.store;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.store.Fed.Part;
import io.tollwatch.ledger.store.Fed.Refused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// Adds resolutions and changes of breakers that the store does not have yet. A resolution may come
/// before its exchange: whichever comes second takes the exchange out of the unsettled ones. Part
/// of the caller's transaction, and confined to it.
final class Notes {

  private static final String RESOLUTION =
      """
      insert into resolution (no, exchange, resolved_at, document)
      select cast(? as bigint), cast(? as character varying),
        cast(? as timestamp(6) with time zone), cast(? as bytea)
      where not exists (
        select 1 from resolution r where r.no = ? and r.exchange = ? and r.resolved_at = ?)
      """;

  private static final String BREAKER =
      """
      insert into breaker_change (changed_at, provider, operation, rail, to_state, document)
      select cast(? as timestamp(6) with time zone), cast(? as character varying),
        cast(? as character varying), cast(? as character varying),
        cast(? as character varying), cast(? as bytea)
      where not exists (
        select 1 from breaker_change b where b.changed_at = ? and b.provider = ?
          and b.operation = ? and b.rail = ? and b.to_state = ?)
      """;

  private static final String SETTLED =
      """
      delete from exchange_unsettled where in_doubt and no in (
        select e.no from exchange e where e.no >= ? and e.no < ? and e.id = ?
          and exists (select 1 from resolution r where r.no = ? and r.exchange = e.id))
      """;

  private final Connection connection;

  Notes(Connection connection) {
    this.connection = connection;
  }

  /// Adds resolutions, and settles the exchanges that they are of.
  ///
  /// @return those that are of no id that this program makes
  List<Refused> resolve(List<Resolution> resolutions) throws SQLException {
    List<Refused> refused = new ArrayList<>();
    if (resolutions.isEmpty()) {
      return refused;
    }
    List<String> settled = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(RESOLUTION)) {
      for (Resolution next : resolutions) {
        OptionalLong no = first(next.exchange());
        if (no.isPresent()) {
          bind(insert, no.getAsLong(), next);
          settled.add(next.exchange());
        } else {
          refused.add(new Refused(next.exchange(), Part.RESOLUTION, "no id of an exchange"));
        }
      }
      insert.executeBatch();
    }
    settle(settled);
    return refused;
  }

  private static void bind(PreparedStatement insert, long no, Resolution next) throws SQLException {
    var at = next.at().truncatedTo(ChronoUnit.MICROS);
    new Binder(insert)
        .number(no)
        .text(next.exchange())
        .time(at)
        .bytes(ExchangeJson.bytes(next))
        .number(no)
        .text(next.exchange())
        .time(at)
        .add();
  }

  /// Takes those of the exchanges out of the unsettled ones that are resolved.
  void settle(Collection<String> exchanges) throws SQLException {
    if (exchanges.isEmpty()) {
      return;
    }
    try (PreparedStatement settled = connection.prepareStatement(SETTLED)) {
      for (String exchange : exchanges) {
        OptionalLong no = first(exchange);
        if (no.isPresent()) {
          new Binder(settled)
              .number(no.getAsLong())
              .number(no.getAsLong() + RowNumber.SLOTS)
              .text(exchange)
              .number(no.getAsLong())
              .add();
        }
      }
      settled.executeBatch();
    }
  }

  /// Adds changes of breakers.
  void change(List<BreakerChange> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(BREAKER)) {
      for (BreakerChange next : changes) {
        Row row = key(new Binder(insert), next).bytes(ExchangeJson.bytes(next));
        key(row, next).add();
      }
      insert.executeBatch();
    }
  }

  private static Row key(Row row, BreakerChange change) throws SQLException {
    return row.time(change.at().truncatedTo(ChronoUnit.MICROS))
        .text(change.breaker().provider())
        .text(change.breaker().operation().word())
        .text(change.breaker().rail().orElse(""))
        .text(change.to().word());
  }

  private static OptionalLong first(String exchange) {
    try {
      return OptionalLong.of(RowNumber.first(exchange));
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
