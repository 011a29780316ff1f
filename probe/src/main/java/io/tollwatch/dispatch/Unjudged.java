package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/// Outcomes that no rule judged: of an attempt that nothing could be made of, which progress alone
/// speaks for, and of calls that were not made.
final class Unjudged {

  /// The rule of an attempt that could not be judged.
  static final String RULE = "tollwatch/not_judged";

  /// The rule of a repeat that was refused.
  static final String REFUSED = "tollwatch/repeat_refused";

  /// The rule of a call that was not made because it could not be recorded.
  static final String UNRECORDED = "tollwatch/not_recorded";

  /// The rule of a call that a service made itself, and said what came of it.
  static final String STATED = "tollwatch/stated";

  private static final String JUDGE = "tollwatch@1";

  private static final Trail BY_SERVICE =
      new Trail(
          Optional.empty(),
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  private Unjudged() {}

  static Outcome outcome(Intent intent, Attempt attempt, int clientStatus, boolean callerGone) {
    return new Outcome(
        intent.id(),
        attempt.progress(),
        attempt instanceof Attempt.Broken b
            ? Optional.of(new Break(b.breakage(), b.phase(), ""))
            : Optional.empty(),
        attempt
            .head()
            .map(head -> new Answer(head.status(), Fields.none(), Scribe.unread(attempt.body()))),
        attempt.timings(),
        attempt.connection(),
        verdict(intent, attempt.progress()),
        clientStatus,
        callerGone);
  }

  static Outcome refusal(Intent intent) {
    return unsent(
        intent,
        verdict(
            Category.NOT_SENT, Fault.MERCHANT_REQUEST, Money.NOT_SENT, Action.RECONCILE, REFUSED),
        409);
  }

  static Outcome unroutable(Intent intent, Unroutable why) {
    Money money = intent.movesMoney() ? Money.NOT_SENT : Money.NONE;
    return unsent(
        intent,
        verdict(Category.NOT_SENT, why.fault(), money, why.action(), why.rule()),
        why.status());
  }

  /// What the caller is told of a call that went nowhere. Where it is not known what earlier runs
  /// or other sidecars left, an attempt of the same payment may stand.
  static Verdict told(Verdict verdict, Unroutable why) {
    boolean unknown = why == Unroutable.NOT_READY || why == Unroutable.UNCONFIRMED;
    return unknown && verdict.money() == Money.NOT_SENT
        ? verdict(
            verdict.category(), verdict.fault(), Money.IN_DOUBT, verdict.action(), verdict.rule())
        : verdict;
  }

  static Outcome unrecorded(Intent intent) {
    Money money = intent.movesMoney() ? Money.NOT_SENT : Money.NONE;
    return unsent(
        intent,
        verdict(Category.NOT_SENT, Fault.MERCHANT_CONFIG, money, Action.FIX_CONFIG, UNRECORDED),
        503);
  }

  /// What a service took a call for that it made itself. Its word opens nothing: what it calls not
  /// taken, though it was sent, may have been.
  static Verdict stated(Intent intent, Category category) {
    boolean unusable =
        switch (category) {
          case NOT_SENT, ANSWER_LOST, PROVIDER_ERROR, DOWNSTREAM_UNAVAILABLE, RATE_LIMITED -> true;
          default -> false;
        };
    return new Verdict(
        category,
        Fault.UNKNOWN,
        intent.movesMoney() ? category.money() : Money.NONE,
        category.action(),
        GatewayError.none(),
        unusable,
        false,
        STATED,
        JUDGE,
        BY_SERVICE);
  }

  /// How far a call came that was taken for that.
  static Progress progress(Category category) {
    return switch (category) {
      case NOT_SENT -> Progress.UNSENT;
      case ANSWER_LOST -> Progress.MAYBE_SENT;
      default -> Progress.ANSWERED;
    };
  }

  private static Outcome unsent(Intent intent, Verdict verdict, int clientStatus) {
    return new Outcome(
        intent.id(),
        Progress.UNSENT,
        Optional.empty(),
        Optional.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none(),
        verdict,
        clientStatus,
        false);
  }

  private static Verdict verdict(Intent intent, Progress progress) {
    boolean unsent = progress == Progress.UNSENT;
    Category category =
        switch (progress) {
          case UNSENT -> Category.NOT_SENT;
          case MAYBE_SENT -> Category.ANSWER_LOST;
          case ANSWERED -> Category.UNKNOWN;
        };
    Money money = unsent ? Money.NOT_SENT : Money.IN_DOUBT;
    Action action = unsent ? Action.NONE : Action.RECONCILE;
    return intent.movesMoney()
        ? verdict(category, Fault.UNKNOWN, money, action, RULE)
        : verdict(category, Fault.UNKNOWN, Money.NONE, Action.NONE, RULE);
  }

  private static Verdict verdict(
      Category category, Fault fault, Money money, Action action, String rule) {
    return new Verdict(
        category, fault, money, action, GatewayError.none(), false, false, rule, JUDGE);
  }
}
