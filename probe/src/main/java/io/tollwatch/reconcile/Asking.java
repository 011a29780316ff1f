package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.LookupCall;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.verdict.GatewayFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A query of the service that asks what the reconciler would ask. Immutable.
///
/// @param call what it asks, as the profile knows it
/// @param facts by what it names the payment
/// @param answer what the gateway said
record Asking(LookupCall call, Map<String, String> facts, Message answer) {

  /// What an exchange asks about payments; nothing if it is no complete answer to a lookup.
  static List<Asking> of(Profile profile, Intent intent, Outcome outcome) {
    if (outcome.broken().isPresent() || outcome.answer().isEmpty()) {
      return List.of();
    }
    String body = intent.body().text();
    Message request = Message.request(intent.target(), intent.fields(), body);
    List<Asking> asked = new ArrayList<>();
    for (LookupCall call : profile.lookup().calls()) {
      call.asks(intent.method(), request)
          .ifPresent(named ->
              asked.add(
                  new Asking(
                      call,
                      withFacts(named, profile, intent, body),
                      Proof.kept(profile, outcome.answer().get()))));
    }
    return asked;
  }

  private static Map<String, String> withFacts(
      Map<String, String> named, Profile profile, Intent intent, String body) {
    Map<String, String> facts = new HashMap<>(named);
    String type = intent.fields().first("Content-Type").orElse("");
    GatewayFacts said = GatewayFacts.ofRequest(profile, intent.target(), type, body);
    put(facts, Facts.REFERENCE, said.reference());
    put(facts, Facts.PAYMENT, said.payment());
    return Map.copyOf(facts);
  }

  private static void put(Map<String, String> facts, String name, Optional<String> value) {
    Facts.unmasked(value).ifPresent(text -> facts.putIfAbsent(name, text));
  }

  /// Whether it is about that payment.
  boolean isOf(Case doubt) {
    boolean forOperation =
        call.operations().isEmpty() || call.operations().contains(doubt.operation());
    return forOperation && !doubt.masked() && named(doubt);
  }

  /// Whether it names the payment by more than the merchant's reference.
  boolean isSureOf(Case doubt) {
    return List.of(Facts.PAYMENT, Facts.KEY).stream()
        .anyMatch(
            name -> doubt.fact(name).filter(value -> value.equals(facts.get(name))).isPresent());
  }

  /// All that it names must be the payment's, and one of the names must be one.
  private boolean named(Case doubt) {
    boolean any = false;
    for (String name : List.of(Facts.PAYMENT, Facts.REFERENCE, Facts.KEY)) {
      String asked = facts.get(name);
      Optional<String> known = doubt.fact(name);
      if (asked != null && known.isPresent()) {
        if (!asked.equals(known.get())) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }
}
