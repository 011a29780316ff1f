package io.tollwatch.profile;

import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads how a gateway recognises repeats and how a payment in doubt is looked up. Stateless.
final class LookupReader {

  private LookupReader() {}

  static Idempotency idempotency(Section root, Source source) {
    Section section = root.section("idempotency");
    Section byOperation = section.section("keys");
    Map<Operation, Place> keys = new HashMap<>();
    for (String operation : byOperation.keys()) {
      PlaceReader.place(byOperation, operation)
          .ifPresent(place -> keys.put(Operation.ofWord(operation), place));
    }
    return new Idempotency(
        PlaceReader.place(section, "key"),
        keys,
        section.duration("lives"),
        section.choice("scope", Idempotency.Scope.class, Idempotency.Scope.UNKNOWN),
        section.flag("replays-server-errors"),
        section.choice("other-body", Idempotency.OtherBody.class, Idempotency.OtherBody.UNKNOWN),
        source.shipped());
  }

  static Lookup lookup(Section root) {
    Section section = root.section("lookup");
    List<LookupCall> calls = new ArrayList<>();
    for (Section call : section.sections("calls")) {
      call(call).ifPresent(calls::add);
    }
    return new Lookup(
        calls,
        section.flag("repeat", false),
        section.duration("absence"),
        section.optional("cancel").flatMap(LookupReader::call),
        root.sections("webhooks").stream()
            .map(LookupReader::webhook)
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<Webhook> webhook(Section section) {
    return signing(section.section("signature"))
        .map(signing ->
            new Webhook(
                signing,
                PlaceReader.place(section, "each"),
                PlaceReader.operations(section, "operations"),
                PlaceReader.places(section, "payment"),
                PlaceReader.places(section, "reference"),
                PlaceReader.places(section, "key"),
                PlaceReader.places(section, "state"),
                states(section)));
  }

  private static Optional<WebhookSigning> signing(Section section) {
    return PlaceReader.place(section, "at")
        .map(at ->
            new WebhookSigning(
                at,
                section.text("part"),
                section.text("time"),
                section.duration("tolerance", Duration.ofMinutes(5)),
                PlaceReader.places(section, "of"),
                section.choice(
                    "encoding", WebhookSigning.Encoding.class, WebhookSigning.Encoding.HEX),
                section.choice(
                    "secret", WebhookSigning.SecretForm.class, WebhookSigning.SecretForm.TEXT)));
  }

  private static Map<String, Money> states(Section section) {
    Section words = section.section("states");
    Map<String, Money> states = new HashMap<>();
    for (String state : words.keys()) {
      words.text(state).ifPresent(word -> states.put(state, Money.ofWord(word)));
    }
    return states;
  }

  private static Optional<LookupCall> call(Section section) {
    Section request = section.section("facts");
    Map<String, Place> facts = new HashMap<>();
    for (String name : request.keys()) {
      PlaceReader.place(request, name).ifPresent(place -> facts.put(name, place));
    }
    return PlaceReader.place(section, "state")
        .map(state ->
            new LookupCall(
                PlaceReader.operations(section, "operations"),
                section.text("method").orElse("GET"),
                section.text("path").orElse("/"),
                section.text("body"),
                section.flag("signed", false),
                facts,
                state,
                states(section),
                Set.copyOf(section.integers("missing")),
                PlaceReader.conditions(section, "missing-codes"),
                section.duration("not-before", Duration.ZERO),
                section.flag("pending", false)));
  }

  /// Reads what can't go to another account.
  static List<Immovable> cannotMove(Section root) {
    List<Immovable> all = new ArrayList<>();
    for (Section section : root.sections("cannot-move")) {
      all.add(
          new Immovable(
              section.choice("why", Immovable.Why.class, Immovable.Why.OBJECT),
              PlaceReader.operations(section, "operations"),
              PlaceReader.place(section, "at"),
              PlaceReader.pattern(section, "matches")));
    }
    return all;
  }
}
