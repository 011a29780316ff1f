package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads any number of exchanges, oldest first, some at a time: whoever takes them may be slow, and
/// each may carry two bodies. No question is open while one is taken, and what is held at a time
/// stays below some megabytes. One thread does it all: beside payments a report is not in a hurry.
/// Confined to one reading.
final class ExchangePages {

  /// So few that a database begins with the facts, which are narrow, whatever a planner thinks.
  private static final int ROWS = 1_000;

  private static final long MAX_BYTES = 2L << 20;

  private final Store store;
  private final Where where;

  ExchangePages(Store store, List<ExchangeFilter> filters) {
    this.store = store;
    ExchangeQuery query = ExchangeQuery.of(filters.toArray(ExchangeFilter[]::new));
    this.where = Where.of(query, store.database());
  }

  /// Whether there is one at all.
  boolean any() {
    return !new Question(
            "select e.no%s%s order by %s limit 1".formatted(where.from(), where.sql(), where.no()),
            (_, select) -> where.bind(select))
        .list(store, row -> row.getLong(1))
        .isEmpty();
  }

  /// Gives them all, one by one.
  void each(Consumer<Exchange> taker) {
    each((kept, later) -> taker.accept(kept.exchange(later)));
  }

  /// Gives them all, one by one, each as the document that [ExchangeJson#write] makes of it.
  void documents(Consumer<String> taker) {
    each((kept, later) -> taker.accept(kept.document(later)));
  }

  private void each(BiConsumer<Kept, List<Resolution>> taker) {
    List<Kept> page = page(Long.MIN_VALUE);
    while (!page.isEmpty()) {
      Map<String, List<Resolution>> later =
          ResolutionRows.within(store, page.getFirst().no(), page.getLast().no());
      page.forEach(kept -> taker.accept(kept, later.getOrDefault(kept.id(), List.of())));
      page = page(page.getLast().no());
    }
  }

  /// The first after that number, as many as may be held at once.
  private List<Kept> page(long last) {
    List<Kept> page = new ArrayList<>();
    long[] bytes = {0};
    Where further = where.above(last);
    new Question(
            """
            select e.no, e.id, %s%s join exchange_detail d on d.no = e.no
              left join exchange_body b on b.no = e.no%s order by %s limit ?
            """
                .formatted(DetailRow.COLUMNS, further.from(), further.sql(), further.no()),
            (_, select) -> {
              select.setFetchSize(50);
              select.setInt(further.bind(select), ROWS);
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
  private record Kept(long no, String id, List<byte @Nullable []> parts) {

    private static final int FIRST_PART = 3;
    private static final int PARTS = 4;

    static Kept of(ResultSet row) throws SQLException {
      List<byte @Nullable []> parts = new ArrayList<>();
      for (int i = 0; i < PARTS; i++) {
        parts.add(row.getBytes(FIRST_PART + i));
      }
      return new Kept(row.getLong(1), row.getString(2), parts);
    }

    long size() {
      long size = 0;
      for (byte @Nullable [] part : parts) {
        size += part == null ? 0 : part.length;
      }
      return size;
    }

    Exchange exchange(List<Resolution> later) {
      return DetailRow.exchange(parts.get(0), parts.get(1), parts.get(2), parts.get(3))
          .resolved(later);
    }

    String document(List<Resolution> later) {
      return DetailRow.document(parts.get(0), parts.get(1), parts.get(2), parts.get(3), later);
    }
  }
}
