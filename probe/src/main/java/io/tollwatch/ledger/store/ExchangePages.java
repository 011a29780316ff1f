package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads any number of exchanges, oldest first, some at a time: whoever takes them may be slow, and
/// each may carry two bodies. No question is open while one is taken, and what is held at a time
/// stays below some megabytes. One thread does it all: beside payments a report is not in a hurry.
/// Confined to one reading.
final class ExchangePages {

  private static final int NUMBERS = 2_000;
  private static final long MAX_BYTES = 2L << 20;

  private static final String SELECT =
      "select e.no, "
          + DetailRow.COLUMNS
          + """
           from exchange e join exchange_detail d on d.no = e.no
            left join exchange_body b on b.no = e.no where e.no = any(?) order by e.no
          """;

  private final Store store;
  private final Where where;
  private long last = Long.MIN_VALUE;

  ExchangePages(Store store, List<ExchangeFilter> filters) {
    this.store = store;
    ExchangeQuery query = ExchangeQuery.of(filters.toArray(ExchangeFilter[]::new));
    this.where = Where.of(query, store.database());
  }

  /// Whether there is one at all.
  boolean any() {
    return !numbers(1).isEmpty();
  }

  /// Gives them all, one by one.
  void each(Consumer<Exchange> taker) {
    List<Long> numbers = numbers(NUMBERS);
    while (!numbers.isEmpty()) {
      List<Kept> page = page(numbers);
      ResolutionRows.added(store, page.stream().map(Kept::exchange).toList()).forEach(taker);
      long reached = page.isEmpty() ? numbers.getLast() : page.getLast().no();
      last = reached;
      numbers = numbers.stream().filter(no -> no > reached).toList();
      if (numbers.isEmpty()) {
        numbers = numbers(NUMBERS);
      }
    }
  }

  private List<Long> numbers(int most) {
    Where further = where.above(last);
    return new Question(
            "select e.no from exchange e" + further.sql() + " order by e.no limit ?",
            (_, select) -> select.setInt(further.bind(select), most))
        .list(store, row -> row.getLong(1));
  }

  /// The first of them, as many as may be held at once.
  private List<Kept> page(List<Long> numbers) {
    List<Kept> page = new ArrayList<>();
    long[] bytes = {0};
    new Question(
            SELECT,
            (connection, select) -> {
              select.setFetchSize(50);
              select.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
            })
        .eachWhile(
            store,
            row -> {
              Kept kept = Kept.of(row);
              page.add(kept);
              bytes[0] += kept.size();
              return bytes[0] < MAX_BYTES;
            });
    return page;
  }

  /// One exchange as it is stored.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Kept(long no, List<byte @Nullable []> parts) {

    static Kept of(ResultSet row) throws SQLException {
      List<byte @Nullable []> parts = new ArrayList<>();
      for (int i = 2; i <= 5; i++) {
        parts.add(row.getBytes(i));
      }
      return new Kept(row.getLong(1), parts);
    }

    long size() {
      long size = 0;
      for (byte @Nullable [] part : parts) {
        size += part == null ? 0 : part.length;
      }
      return size;
    }

    Exchange exchange() {
      return DetailRow.exchange(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }
  }
}
