package io.tollwatch.ledger.store;

import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;

/// One thing that an exchange must meet to be found. Immutable.
public sealed interface ExchangeFilter {

  /// Started at that time or later.
  record From(Instant at) implements ExchangeFilter {}

  /// Started before that time.
  record Until(Instant at) implements ExchangeFilter {}

  /// Went to that provider.
  record ProviderIs(String provider) implements ExchangeFilter {}

  /// Is that operation.
  record OperationIs(Operation operation) implements ExchangeFilter {}

  /// Came through that channel.
  record ChannelIs(String channel) implements ExchangeFilter {}

  /// Was wanted by them.
  record OriginIs(Origin origin) implements ExchangeFilter {}

  /// Came to that category.
  record CategoryIs(Category category) implements ExchangeFilter {}

  /// Meant that for the money.
  record MoneyIs(Money money) implements ExchangeFilter {}

  /// Got that far.
  record ProgressIs(Progress progress) implements ExchangeFilter {}

  /// Belongs to that trace.
  ///
  /// @param trace the trace's id, or a whole `traceparent`
  record Trace(String trace) implements ExchangeFilter {}

  /// Has that merchant's reference.
  record Reference(String reference) implements ExchangeFilter {}

  /// Has that request id: the caller's `X-Request-Id` or the gateway's own.
  record RequestId(String requestId) implements ExchangeFilter {}

  /// Has that text, in any case of letters, in its target, a body, or the gateway's code or
  /// message.
  record Text(String text) implements ExchangeFilter {}

  /// Did not end well, or is in doubt. A decline did end well: it is an answer (P8).
  record Trouble() implements ExchangeFilter {}

  /// Has the merchant reference and amount of an earlier payment, but another key.
  record Duplicate() implements ExchangeFilter {}

  /// Was kept from that provider: the channel's choice passed it over.
  record Skipped(String provider) implements ExchangeFilter {}

  /// Has a decision that refused to send it, or to send it elsewhere.
  record Refused() implements ExchangeFilter {}

  /// Ended, but not in success.
  record NoSuccess() implements ExchangeFilter {}
}
