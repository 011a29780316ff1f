package io.tollwatch.checks.run;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.message.Draft;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Step;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.GatewayFacts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes down what a step is about to take. Stateless.
final class Takes {

  /// A longer request can't be compared, and so not be sent again later.
  private static final int MAX_REQUEST = 8192;

  private Takes() {}

  static TestMoney of(
      Check check,
      Step step,
      RunKeys keys,
      Scope scope,
      Provider provider,
      Draft draft,
      String type,
      Instant now) {
    GatewayFacts facts =
        GatewayFacts.ofRequest(
            provider.profile(), draft.target(), type, draft.content().orElse(""));
    return new TestMoney(
        keys.taking(step.name()),
        now,
        now,
        TestMoney.State.OPEN,
        check.name(),
        keys.planned(),
        step.name(),
        check.to().name(),
        facts.amountMinor(),
        facts.currency().filter(text -> text.length() == 3),
        Optional.empty(),
        Money.IN_DOUBT,
        handles(check, scope, provider),
        Optional.of(request(provider, draft, type)).filter(text -> text.length() <= MAX_REQUEST),
        0,
        "about to be sent");
  }

  /// By what the clean-up finds it, as far as that may be kept.
  static Map<String, String> handles(Check check, Scope scope, Provider provider) {
    Set<String> names = new LinkedHashSet<>();
    check.always().forEach(cleanUp -> names.addAll(cleanUp.step().request().names()));
    Map<String, String> handles = new HashMap<>(scope.kept(names));
    handles.values().removeIf(value -> !provider.redactor().harmless(value));
    return handles;
  }

  /// What is sent, as the ledger would keep it.
  static String request(Provider provider, Draft draft, String type) {
    byte[] bytes = draft.content().orElse("").getBytes(StandardCharsets.UTF_8);
    return draft.method()
        + " "
        + provider.redactor().target(draft.target())
        + "\n"
        + provider
            .redactor()
            .body(new CapturedBody(bytes, bytes.length, true), Fields.of("Content-Type", type))
            .text();
  }
}
