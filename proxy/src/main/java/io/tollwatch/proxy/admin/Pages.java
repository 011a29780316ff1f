package io.tollwatch.proxy.admin;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import java.util.List;
import java.util.function.Consumer;

/// Reads many exchanges a few at a time: each may carry two bodies, and all of them at once would
/// not fit into the memory that calls need too (P4). Immutable.
public record Pages(ExchangeReader ledger) {

  private static final int PAGE = 8;

  /// Gives all exchanges that a query wants, newest first, one by one.
  public void each(ExchangeQuery query, Consumer<Exchange> taker) {
    ExchangeQuery next = query;
    int left = query.limit();
    while (left > 0) {
      int asked = Math.min(PAGE, left);
      List<Exchange> page = ledger.find(next.limit(asked));
      page.forEach(taker);
      if (page.size() < asked) {
        return;
      }
      left -= asked;
      next = next.before(page.getLast().id());
    }
  }
}
