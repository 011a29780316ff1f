package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a call of the service says of payments that are in doubt: its repeat of one, or its own
/// query. Thread-safe.
record Learning(Doubts doubts, Profile profile) {

  void from(Intent intent, Outcome outcome) {
    for (Case first : sameKey(intent)) {
      Proof.byRepeat(profile, first, intent, outcome, doubts.nowNanos())
          .ifPresent(money ->
              doubts.prove(
                  first, money, Resolution.By.REPEAT, "the repeat was answered", intent.id()));
    }
    if (!intent.movesMoney()) {
      for (Asking asked : Asking.of(profile, intent, outcome)) {
        askedAbout(intent.provider(), asked).forEach(doubt -> learn(asked, doubt, intent.id()));
      }
    }
  }

  private void learn(Asking asked, Case doubt, String exchange) {
    Optional<Money> proven =
        Proof.byLookup(
            profile, asked.call(), asked.answer(), time -> doubts.isUnseenFor(doubt, time));
    proven
        .filter(money -> money == Money.SUCCEEDED)
        .ifPresent(
            _ -> doubts.saidTaken(doubt.provider(), Facts.REFERENCE, doubt.fact(Facts.REFERENCE)));
    proven
        .filter(_ -> asked.isSureOf(doubt) || !doubts.isAmbiguous(doubt))
        .ifPresent(money ->
            doubts.prove(
                doubt,
                money,
                Resolution.By.LOOKUP,
                "the service's own query was answered",
                exchange));
  }

  private List<Case> sameKey(Intent intent) {
    Optional<String> key = intent.correlation().idempotencyKey();
    if (key.isEmpty() || !intent.movesMoney()) {
      return List.of();
    }
    return doubts.named(intent.provider(), Facts.KEY, key.get()).stream()
        .filter(first -> first.operation() == intent.operation())
        .filter(first -> !first.exchange().equals(intent.id()))
        .toList();
  }

  private List<Case> askedAbout(String provider, Asking asked) {
    List<Case> found = new ArrayList<>();
    for (String fact : List.of(Facts.PAYMENT, Facts.REFERENCE)) {
      String value = asked.facts().get(fact);
      if (value != null) {
        doubts.named(provider, fact, value).stream()
            .filter(each -> asked.isOf(each) && !found.contains(each))
            .forEach(found::add);
      }
    }
    return found;
  }
}
