package io.tollwatch.ledger.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which exchanges are wanted, newest first. Immutable.
///
/// @param filters all must be met
/// @param before only exchanges older than the one with this id: the last of the page before
/// @param limit how many at most, 1 to [#MAX_LIMIT]
public record ExchangeQuery(List<ExchangeFilter> filters, Optional<String> before, int limit) {

  /// How many exchanges a page has if nothing is said.
  public static final int DEFAULT_LIMIT = 50;

  /// How many exchanges a page has at most.
  public static final int MAX_LIMIT = 1_000;

  public ExchangeQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit not within 1 to 1000: " + limit);
    }
    filters = List.copyOf(filters);
  }

  /// The newest exchanges that meet all these filters, [#DEFAULT_LIMIT] of them.
  public static ExchangeQuery of(ExchangeFilter... filters) {
    return new ExchangeQuery(List.of(filters), Optional.empty(), DEFAULT_LIMIT);
  }

  /// The same with one more filter.
  public ExchangeQuery and(ExchangeFilter filter) {
    return new ExchangeQuery(
        Stream.concat(filters.stream(), Stream.of(filter)).toList(), before, limit);
  }

  /// The same, but only what is older than that exchange.
  public ExchangeQuery before(String id) {
    return new ExchangeQuery(filters, Optional.of(id), limit);
  }

  /// The same with another limit.
  public ExchangeQuery limit(int most) {
    return new ExchangeQuery(filters, before, most);
  }
}
