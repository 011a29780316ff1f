package io.tollwatch.report.incident;

import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Incident.Sum;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.TextHash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Payments and their amounts, added up: a customer who tries three times has one payment at risk,
/// not three. Exchanges of one operation with the same idempotency key or reference, or the
/// gateway's id of a payment at that provider, are one. Confined to one incident; beyond [#NAMES]
/// names each exchange counts for itself, so that memory is bounded.
final class PaymentSum {

  static final int NAMES = 100_000;

  private final Set<Long> names = new HashSet<>();
  private final SortedMap<String, Long> minor = new TreeMap<>();
  private long payments;
  private long withoutAmount;

  /// Adds the payment of an exchange, unless it was added before.
  void add(Exchange exchange) {
    List<Long> own = names(exchange.intent());
    boolean known = own.stream().anyMatch(names::contains);
    if (names.size() < NAMES) {
      names.addAll(own);
    }
    if (!known) {
      count(exchange.intent().correlation().handles());
    }
  }

  private void count(Handles handles) {
    payments++;
    if (handles.amountMinor().isPresent() && handles.currency().isPresent()) {
      minor.merge(handles.currency().get(), handles.amountMinor().getAsLong(), Math::addExact);
    } else {
      withoutAmount++;
    }
  }

  private static List<Long> names(Intent intent) {
    Correlation known = intent.correlation();
    String does = intent.operation().word();
    return Stream.of(
            known.idempotencyKey().map(key -> TextHash.of(does, "key", key)),
            known.referenceKey().map(reference -> TextHash.of(does, "reference", reference)),
            known.handles().payment().map(id -> TextHash.of(does, intent.provider(), id)))
        .flatMap(Optional::stream)
        .toList();
  }

  Sum sum() {
    return new Sum(payments, withoutAmount, minor);
  }
}
