package io.tollwatch.reconcile;

import io.tollwatch.profile.Lookup;
import io.tollwatch.profile.LookupCall;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// What is asked about a payment, and from when on. Immutable.
///
/// @param cancel whether it ends the payment rather than asks about it
record Plan(LookupCall call, Instant from, boolean cancel) {

  /// The next call about it; empty if there is none that Tollwatch can make. It is asked about
  /// before it is cancelled, where it can be.
  ///
  /// @param asked whether the gateway answered a look at it
  /// @param spared whether that cancel must not be made of it, whatever is configured
  static Optional<Plan> of(
      Case doubt, Desk desk, Instant now, boolean asked, Predicate<Plan> spared) {
    if (doubt.masked() || !desk.asks()) {
      return Optional.empty();
    }
    Lookup lookup = desk.provider().profile().lookup();
    Optional<Plan> look =
        lookup.calls().stream()
            .filter(call -> !call.signed() && Ways.isFor(call, doubt))
            .findFirst()
            .map(call -> new Plan(call, doubt.ended().plus(call.notBefore()), false));
    Optional<Plan> cancel =
        lookup
            .cancel()
            .filter(_ -> desk.cancels())
            .flatMap(call -> cancel(call, doubt, desk))
            .filter(plan -> !spared.test(plan));
    boolean due = cancel.filter(plan -> !now.isBefore(plan.from())).isPresent();
    return due && (asked || look.isEmpty()) ? cancel : look.or(() -> cancel);
  }

  /// Whether it names the payment by the merchant's reference only.
  boolean byReference() {
    String template = call.path() + call.body().orElse("");
    return !template.contains("{" + Facts.PAYMENT + "}")
        && !template.contains("{" + Facts.KEY + "}");
  }

  private static Optional<Plan> cancel(LookupCall call, Case doubt, Desk desk) {
    if (call.signed() || !Ways.isFor(call, doubt)) {
      return Optional.empty();
    }
    Instant earliest = doubt.ended().plus(call.notBefore());
    Instant wanted = doubt.ended().plus(desk.pace().cancelAfter());
    return Optional.of(new Plan(call, wanted.isAfter(earliest) ? wanted : earliest, true));
  }
}
