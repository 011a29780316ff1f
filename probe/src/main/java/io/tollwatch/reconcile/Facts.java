package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.LookupCall;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.verdict.GatewayFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// By what a payment is looked up, taken from what is kept of it. Stateless.
final class Facts {

  static final String PAYMENT = "payment";
  static final String REFERENCE = "reference";
  static final String KEY = "key";

  /// Longer ones are left out: no gateway has such ids, and memory is bounded.
  private static final int MAX_LENGTH = 200;

  private static final int MAX_FACTS = 12;

  /// What stands where something was masked.
  private static final String MASKED = "***";

  private Facts() {}

  static Map<String, String> of(Profile profile, Intent intent, Optional<Outcome> outcome) {
    Map<String, String> facts = new HashMap<>();
    Message request = Message.request(intent.target(), intent.fields(), intent.body().text());
    calls(profile)
        .forEach(
            call -> call.facts().forEach((name, place) -> put(facts, name, place.text(request))));
    put(facts, REFERENCE, intent.correlation().reference());
    put(facts, KEY, profile.idempotency().key(intent.operation()).flatMap(at -> at.text(request)));
    put(
        facts,
        PAYMENT,
        intent
            .correlation()
            .handles()
            .payment()
            .or(() -> outcome.flatMap(it -> it.payment().or(() -> answered(profile, it)))));
    return Map.copyOf(facts);
  }

  private static Stream<LookupCall> calls(Profile profile) {
    return Stream.concat(profile.lookup().calls().stream(), profile.lookup().cancel().stream());
  }

  private static Optional<String> answered(Profile profile, Outcome outcome) {
    return outcome
        .answer()
        .flatMap(answer ->
            GatewayFacts.ofAnswer(profile, answer.fields(), answer.body().text()).payment());
  }

  /// What a message of the gateway or of the service says by that place, if it may be believed.
  static Optional<String> unmasked(Optional<String> text) {
    return text.filter(
        value -> !value.isEmpty() && value.length() <= MAX_LENGTH && !value.contains(MASKED));
  }

  private static void put(Map<String, String> facts, String name, Optional<String> text) {
    if (facts.size() < MAX_FACTS) {
      unmasked(text).ifPresent(value -> facts.putIfAbsent(name, value));
    }
  }
}
