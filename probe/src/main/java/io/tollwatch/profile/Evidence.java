package io.tollwatch.profile;

import io.tollwatch.taxonomy.Money;

/// What the answer to a lookup says of a payment. Immutable.
public sealed interface Evidence {

  /// The gateway knows the payment, and this is its state: rejected, pending or succeeded.
  record State(Money money) implements Evidence {}

  /// The gateway does not find it. That counts only once it has been said for long enough.
  record NotFound() implements Evidence {}

  /// Nothing was learned.
  record Nothing() implements Evidence {}
}
