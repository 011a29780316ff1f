package io.tollwatch.reconcile;

import io.tollwatch.profile.Idempotency;
import io.tollwatch.profile.Lookup;
import io.tollwatch.profile.LookupCall;
import java.util.Map;
import java.util.Optional;

/// How one doubt can be settled. Immutable.
///
/// @param best the way that needs the least of people
/// @param why one line for people
public record Ways(Way best, String why) {

  /// Finds them.
  ///
  /// @param desk where the provider is asked; empty if it is not configured any more
  static Ways of(Case doubt, Optional<Desk> desk) {
    if (desk.isEmpty()) {
      return new Ways(Way.BY_HAND, "the provider is not configured any more");
    }
    Lookup lookup = desk.get().provider().profile().lookup();
    Optional<LookupCall> call = doubt.masked() ? Optional.empty() : known(lookup, doubt);
    if (call.filter(each -> !each.signed()).isPresent() && desk.get().asks()) {
      return new Ways(Way.BY_LOOKUP, "the gateway is asked");
    }
    return byTheService(doubt, desk.get(), call)
        .orElseGet(() -> new Ways(Way.BY_HAND, byHand(doubt, desk.get())));
  }

  private static Optional<LookupCall> known(Lookup lookup, Case doubt) {
    return lookup.calls().stream().filter(call -> isFor(call, doubt)).findFirst();
  }

  /// Whether that call can be made about that payment.
  static boolean isFor(LookupCall call, Case doubt) {
    Map<String, String> facts = doubt.facts();
    return (call.operations().isEmpty() || call.operations().contains(doubt.operation()))
        && call.target(facts).isPresent()
        && (call.body().isEmpty() || call.body(facts).isPresent());
  }

  private static Optional<Ways> byTheService(Case doubt, Desk desk, Optional<LookupCall> call) {
    if (call.isPresent()) {
      return Optional.of(
          new Ways(
              Way.BY_QUERY,
              call.get().signed()
                  ? "the gateway wants the query signed by the merchant: the service's own counts"
                  : "there are no credentials to ask with: the service's own query counts"));
    }
    Idempotency idempotency = desk.provider().profile().idempotency();
    if (desk.provider().profile().lookup().repeat()
        && doubt.key().isPresent()
        && idempotency.lives().isPresent()) {
      return Optional.of(
          new Ways(
              Way.BY_REPEAT,
              "the gateway tells by a repeat with the same key, which only the service may make"));
    }
    return desk.hearsWebhooks()
        ? Optional.of(new Ways(Way.BY_EVIDENCE, "a webhook that the service relays tells"))
        : Optional.empty();
  }

  private static String byHand(Case doubt, Desk desk) {
    if (doubt.masked()) {
      return "what it would be found by had to be masked, because it looks like a secret";
    }
    return desk.provider().profile().lookup().calls().isEmpty()
        ? "the profile knows no lookup"
        : "nothing that the profile's lookup needs is known of it";
  }
}
