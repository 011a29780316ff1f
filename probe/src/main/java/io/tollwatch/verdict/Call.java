package io.tollwatch.verdict;

import io.tollwatch.profile.Route;
import io.tollwatch.taxonomy.Operation;
import java.util.Optional;
import java.util.OptionalLong;

/// What was asked of a gateway. Immutable.
///
/// @param movesMoney whether the call may move money
/// @param amountMinor the amount asked, in minor units of its currency; empty if not known
/// @param currency the currency asked
public record Call(
    Operation operation, boolean movesMoney, OptionalLong amountMinor, Optional<String> currency) {

  /// A call for an unknown amount.
  public Call(Operation operation, boolean movesMoney) {
    this(operation, movesMoney, OptionalLong.empty(), Optional.empty());
  }

  /// The call that a route describes.
  public static Call of(Route route) {
    return new Call(route.operation(), route.movesMoney());
  }

  /// This call for the amount that its request names.
  public Call asking(GatewayFacts request) {
    return new Call(operation, movesMoney, request.amountMinor(), request.currency());
  }

  /// Whether an answer names another amount or currency than was asked. Only of payments: what
  /// other calls answer with is often the whole payment.
  boolean differs(GatewayFacts answer) {
    if (operation != Operation.PAY) {
      return false;
    }
    boolean otherAmount =
        amountMinor.isPresent()
            && answer.amountMinor().isPresent()
            && amountMinor.getAsLong() != answer.amountMinor().getAsLong();
    boolean otherCurrency =
        currency.isPresent()
            && answer.currency().isPresent()
            && !currency.get().equalsIgnoreCase(answer.currency().get());
    return otherAmount || otherCurrency;
  }
}
