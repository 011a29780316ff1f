package io.tollwatch.profile;

import java.util.List;
import java.util.stream.Stream;

/// Where the facts stand in a request or in an answer, the best place first. Immutable.
///
/// @param message the gateway's message for people
/// @param requestId the gateway's id of this request
/// @param reference the merchant's own reference of the payment
/// @param payment the gateway's id of the payment
public record FactPlaces(
    List<Place> message,
    List<Place> requestId,
    List<Place> reference,
    List<Place> amount,
    List<Place> currency,
    List<Place> payment) {

  public FactPlaces {
    message = List.copyOf(message);
    requestId = List.copyOf(requestId);
    reference = List.copyOf(reference);
    amount = List.copyOf(amount);
    currency = List.copyOf(currency);
    payment = List.copyOf(payment);
  }

  /// These places, and then those of another one.
  FactPlaces before(FactPlaces other) {
    return new FactPlaces(
        joined(message, other.message),
        joined(requestId, other.requestId),
        joined(reference, other.reference),
        joined(amount, other.amount),
        joined(currency, other.currency),
        joined(payment, other.payment));
  }

  private static List<Place> joined(List<Place> first, List<Place> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
