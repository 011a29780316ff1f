package io.tollwatch.proxy;

import io.tollwatch.attempt.Origin;
import io.tollwatch.checks.hook.HookCall;
import io.tollwatch.checks.hook.Hooks;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.reconcile.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Brings the runs that wait for webhooks those that came to another sidecar of the same ledger:
/// signed right, and redacted, since they come from the ledger. One thread makes the rounds.
///
/// A run that waits for one costs one query a round, others none.
final class HooksElsewhere {

  /// How far the clocks of sidecars may be apart.
  private static final Duration LEEWAY = Duration.ofSeconds(2);

  /// More webhooks of one provider during a run are not looked at.
  private static final int MOST = 200;

  private final Hooks hooks;

  HooksElsewhere(Hooks hooks) {
    this.hooks = hooks;
  }

  /// Looks for what came.
  void round(ExchangeReader reader) {
    hooks
        .awaited()
        .forEach((provider, since) ->
            reader.find(query(provider, since)).reversed().stream()
                .filter(Witness::isSigned)
                .forEach(webhook -> hooks.told(provider, call(webhook))));
  }

  private static ExchangeQuery query(String provider, Instant since) {
    return ExchangeQuery.of(
            new ExchangeFilter.From(since.minus(LEEWAY)),
            new ExchangeFilter.ProviderIs(provider),
            new ExchangeFilter.OriginIs(Origin.RECONCILE))
        .limit(MOST);
  }

  private static HookCall call(Exchange webhook) {
    return new HookCall(
        webhook.intent().fields(), webhook.intent().body().text(), Optional.of(webhook.id()));
  }
}
