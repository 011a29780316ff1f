package io.tollwatch.profile;

import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Webhooks of a gateway that tell what became of payments. Immutable.
///
/// @param signing how they are signed
/// @param each where the events stand, if there are several in one
/// @param operations what they are about
/// @param payment where an event names the gateway's id of the payment, the best place first
/// @param reference where it names the merchant's own reference
/// @param key where it names the idempotency key of the request that it is about
/// @param state where it says what happened; several texts are joined with a slash
/// @param states what that means; any other one teaches nothing
public record Webhook(
    WebhookSigning signing,
    Optional<Place> each,
    Set<Operation> operations,
    List<Place> payment,
    List<Place> reference,
    List<Place> key,
    List<Place> state,
    Map<String, Money> states) {

  private static final int MAX_EVENTS = 1_000;

  public Webhook {
    operations = Set.copyOf(operations);
    payment = List.copyOf(payment);
    reference = List.copyOf(reference);
    key = List.copyOf(key);
    state = List.copyOf(state);
    states = Map.copyOf(states);
  }

  /// What one event says of a payment. Immutable; as secret as the webhook.
  public record Event(
      Message message,
      Optional<String> payment,
      Optional<String> reference,
      Optional<String> key,
      Money money) {}

  /// The events of a webhook that say what became of payments.
  ///
  /// @param webhook its fields and body
  public List<Event> events(Message webhook) {
    List<Event> events = new ArrayList<>();
    for (Message each : messages(webhook)) {
      Money money = states.get(said(each));
      if (money != null && events.size() < MAX_EVENTS) {
        events.add(
            new Event(each, first(payment, each), first(reference, each), first(key, each), money));
      }
    }
    return events;
  }

  private List<Message> messages(Message webhook) {
    if (each.isEmpty() || !(each.get() instanceof BodyPath path)) {
      return List.of(webhook);
    }
    return path.nodes(webhook).stream()
        .map(node ->
            new Message(
                webhook.target(),
                webhook.status(),
                webhook.fields(),
                new Content(Content.Kind.JSON, node)))
        .toList();
  }

  private String said(Message message) {
    return String.join("/", state.stream().map(place -> place.text(message).orElse("")).toList());
  }

  private static Optional<String> first(List<Place> places, Message message) {
    return places.stream().flatMap(place -> place.text(message).stream()).findFirst();
  }
}
