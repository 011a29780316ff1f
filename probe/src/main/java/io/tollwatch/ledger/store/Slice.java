package io.tollwatch.ledger.store;

import io.tollwatch.attempt.Origin;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of the ledger that a report is about. Immutable. What is empty bounds nothing.
public record Slice(
    TimeWindow window,
    Optional<String> provider,
    Optional<String> channel,
    Optional<Operation> operation,
    Optional<Origin> origin) {

  /// All of a time.
  public static Slice of(TimeWindow window) {
    return new Slice(
        window, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The same of another time.
  public Slice during(TimeWindow other) {
    return new Slice(other, provider, channel, operation, origin);
  }

  /// The same of that origin.
  public Slice from(Origin other) {
    return new Slice(window, provider, channel, operation, Optional.of(other));
  }

  /// What an exchange must meet to lie in it.
  List<ExchangeFilter> filters() {
    List<ExchangeFilter> filters = new ArrayList<>();
    filters.add(new ExchangeFilter.From(window.from()));
    filters.add(new ExchangeFilter.Until(window.until()));
    provider.map(ExchangeFilter.ProviderIs::new).ifPresent(filters::add);
    channel.map(ExchangeFilter.ChannelIs::new).ifPresent(filters::add);
    operation.map(ExchangeFilter.OperationIs::new).ifPresent(filters::add);
    origin.map(ExchangeFilter.OriginIs::new).ifPresent(filters::add);
    return filters;
  }
}
