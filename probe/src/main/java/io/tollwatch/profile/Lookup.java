package io.tollwatch.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a payment in doubt is looked up. Immutable.
///
/// @param calls the queries, the best first; the first whose facts are known is made
/// @param repeat whether the same request with the same key, within its life, tells what became of
///   the first
/// @param absence how long `not found` must be said before it counts as not taken; empty where it
///   never counts
/// @param cancel the call that turns a payment in doubt into a certain no
/// @param webhooks what the gateway tells by itself
public record Lookup(
    List<LookupCall> calls,
    boolean repeat,
    Optional<Duration> absence,
    Optional<LookupCall> cancel,
    List<Webhook> webhooks) {

  /// There is no way.
  static final Lookup NONE =
      new Lookup(List.of(), false, Optional.empty(), Optional.empty(), List.of());

  public Lookup {
    calls = List.copyOf(calls);
    webhooks = List.copyOf(webhooks);
  }
}
