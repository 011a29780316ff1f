package io.tollwatch.routing;

import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which provider took a payment, by the gateway's id of it: where its captures, refunds and
/// queries go. Confined to its owner's lock; the latest [#PAYMENTS] are known, by hashes of their
/// ids, and the ledger's store knows the others.
final class TakenBy {

  static final int PAYMENTS = 50_000;

  /// Stands for an id that two providers have given out, so that it names none.
  private static final String SEVERAL = "";

  private final Map<String, Attempted> running = new HashMap<>();
  private final LatestByHash<String> providers = new LatestByHash<>(PAYMENTS);

  /// A payment is about to be sent. Other operations only name one that was taken before.
  void attempted(Attempted attempted, Operation operation) {
    if (operation != Operation.REFUND
        && operation != Operation.CAPTURE
        && operation != Operation.VOID) {
      running.put(attempted.exchange(), attempted);
    }
  }

  void settled(String exchange, boolean taken, Optional<String> payment) {
    Attempted attempted = running.remove(exchange);
    if (attempted != null && taken && payment.isPresent()) {
      long place = place(attempted.identity().channel(), payment.get());
      Optional<String> known = providers.find(place);
      boolean another = known.isPresent() && !known.get().equals(attempted.provider());
      providers.put(place, another ? SEVERAL : attempted.provider());
    }
  }

  Optional<String> payment(String channel, String payment) {
    return providers.find(place(channel, payment)).filter(provider -> !provider.equals(SEVERAL));
  }

  private static long place(String channel, String payment) {
    return TextHash.of(channel, payment);
  }
}
