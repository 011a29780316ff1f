package io.tollwatch.proxy.judging;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Route;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.verdict.Call;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.verdict.GatewayFacts;
import io.tollwatch.verdict.Verdict;
import java.util.Optional;

/// Judges recorded exchanges again, from what the ledger kept of them and today's profiles (P6).
/// What comes of it may be kept beside the old verdicts: no doubt is settled by it. Thread-safe.
public final class Rejudging {

  private final Gateways gateways;
  private final Classifier classifier;

  /// @param gateways today's profiles, by the names of the providers
  public Rejudging(Gateways gateways, Classifier classifier) {
    this.gateways = gateways;
    this.classifier = classifier;
  }

  /// What came of it. Immutable.
  public sealed interface Again {
    /// There is a verdict.
    record Verdicts(Call call, Verdict was, Verdict now) implements Again {

      /// Whether it says something else than before; who judged and where the rule stands may
      /// differ.
      public boolean changed() {
        return was.category() != now.category()
            || was.fault() != now.fault()
            || was.money() != now.money()
            || was.action() != now.action()
            || was.routingHealth() != now.routingHealth()
            || was.slaFault() != now.slaFault()
            || !was.rule().equals(now.rule());
      }
    }

    /// There is nothing to judge by.
    ///
    /// @param reason why, the end of a sentence
    record Not(String reason) implements Again {}
  }

  /// Judges one again.
  public Again again(Exchange exchange) {
    if (exchange.outcome().isEmpty()) {
      return new Again.Not("its end was not seen yet");
    }
    Outcome outcome = exchange.outcome().get();
    Optional<String> reason = unjudgeable(outcome);
    if (reason.isPresent()) {
      return new Again.Not(reason.get());
    }
    Profile profile = profile(exchange.intent());
    Call call = call(profile, exchange.intent());
    return new Again.Verdicts(
        call, outcome.verdict(), classifier.judge(profile, call, outcome.seen()));
  }

  Judged judged(String place, Exchange exchange) {
    return switch (again(exchange)) {
      case Again.Not(String reason) -> new Judged.Not(place, reason);
      case Again.Verdicts(Call call, _, Verdict now) ->
          new Judged.Answer(
              place,
              exchange.intent().provider(),
              Optional.of(
                  exchange.intent().method() + " " + exchange.intent().target().split("\\?", 2)[0]),
              call.operation(),
              exchange.outcome().flatMap(Outcome::answer).map(Answer::status),
              now);
    };
  }

  private static Optional<String> unjudgeable(Outcome outcome) {
    String rule = outcome.verdict().rule();
    if (rule.startsWith("tollwatch/") || rule.startsWith("ledger/")) {
      return Optional.of("no rule of a profile judged it (" + rule + ")");
    }
    if (outcome.broken().isPresent()) {
      return Optional.empty(); // by how it broke, whatever came of the answer
    }
    return outcome.answer().map(Answer::body).map(KeptBody::state).flatMap(Rejudging::unjudgeable);
  }

  private static Optional<String> unjudgeable(KeptBody.State body) {
    return switch (body) {
      case WHOLE -> Optional.empty();
      case CUT -> Optional.of("only the beginning of its answer was kept");
      case UNREAD -> Optional.of("its answer's body was not kept");
      case EXPIRED -> Optional.of("its answer's body has expired");
    };
  }

  private Profile profile(Intent intent) {
    return gateways
        .named(intent.provider())
        .map(Gateways.Gateway::profile)
        .orElseGet(() -> gateways.profiles().byName(intent.profile()));
  }

  /// What today's profile says that was asked; what it does not know, as it was recorded.
  private static Call call(Profile profile, Intent intent) {
    String type = intent.fields().first("Content-Type").orElse("");
    String body = intent.body().text();
    Route route = profile.route(intent.method(), intent.target(), () -> body, type);
    Call recorded = intent.call();
    if (route.template().equals(Route.UNKNOWN)) {
      return recorded;
    }
    Call call = Call.of(route);
    return recorded.amountMinor().isPresent()
        ? new Call(call.operation(), call.movesMoney(), recorded.amountMinor(), recorded.currency())
        : call.asking(GatewayFacts.ofRequest(profile, intent.target(), type, body));
  }
}
