package io.tollwatch.profile;

import java.util.List;

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
}
