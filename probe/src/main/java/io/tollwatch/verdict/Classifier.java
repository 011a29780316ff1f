package io.tollwatch.verdict;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.BreakRules;
import io.tollwatch.profile.BreakRules.BreakRule;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Hint;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Origin;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.profile.StatusRules;
import io.tollwatch.redaction.KeptBody.State;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.util.Optional;

/// Finds out what an attempt means: a pure function of what is kept and of the profile (P6).
/// Thread-safe, total: any status, fields and body give a verdict. It looks, in this order, at
///
/// 1. transport: a break is judged by its kind, its money by progress alone (P1);
/// 2. the profile's tables, the most specific place first;
/// 3. content: a 2xx that is no answer of the gateway is a lost answer;
/// 4. the status, where the body says nothing;
///
/// and what none of these knows is unknown and in doubt. A 2xx to a call that moves money is a
/// success only if the profile knows its body as one.
public final class Classifier {

  private final BreakRules breaks;
  private final StatusRules statuses;

  /// A classifier with these rules for what no profile knows.
  public Classifier(BreakRules breaks, StatusRules statuses) {
    this.breaks = breaks;
    this.statuses = statuses;
  }

  /// A classifier with the shipped rules.
  public static Classifier shipped() {
    return new Classifier(BreakRules.shipped(), StatusRules.shipped());
  }

  /// What an attempt means.
  public Verdict judge(Profile profile, Call call, Observation seen) {
    return judge(profile, call, seen, profile.content(seen.body().text()));
  }

  /// What an attempt means whose body was read already.
  ///
  /// @param content of the body that was seen, as the profile reads it
  public Verdict judge(Profile profile, Call call, Observation seen, Content content) {
    return seen.breakage().isPresent()
        ? broken(profile, call, seen, seen.breakage().get())
        : answered(profile, call, seen, seen.status().orElseThrow(), content);
  }

  private Verdict broken(Profile profile, Call call, Observation seen, Breakage breakage) {
    BreakRule rule = breaks.of(breakage);
    boolean unsent = seen.progress() == Progress.UNSENT;
    Action action = unsent ? rule.unsent() : rule.maybeSent();
    Money money = unsent ? Money.NOT_SENT : Money.IN_DOUBT;
    Category category = unsent ? Category.NOT_SENT : rule.sentCategory();
    return new Verdict(
        category,
        rule.fault(),
        call.movesMoney() ? money : Money.NONE,
        call.movesMoney() ? action : harmless(category, action),
        said(profile, seen),
        rule.routingHealth(),
        rule.slaFault(),
        "transport/" + breakage.word(),
        profile.id(),
        Trail.of(rule.origin()));
  }

  private static GatewayError said(Profile profile, Observation seen) {
    return seen.status().isEmpty()
        ? GatewayError.none()
        : GatewayFacts.ofAnswer(profile, seen.fields(), seen.body().text()).error();
  }

  private Verdict answered(
      Profile profile, Call call, Observation seen, int status, Content content) {
    Message answer = Message.answer(status, seen.fields(), content);
    BodyRules.Told told = BodyRules.find(profile, call, answer);
    Finding finding =
        told.found().orElseGet(() -> untold(profile, call, seen, answer)).unmapped(told.unmapped());
    Rule rule = finding.rule();
    boolean believed =
        told.found().isPresent()
            ? rule.fits(status)
            : !halfRead(profile, seen, content) && !strange(profile, rule, content);
    boolean differs = believed && differs(profile, call, rule, answer);
    Money money = money(profile, call, rule, believed && !differs, answer);
    Action action = action(rule, money, hint(profile, rule, answer));
    return new Verdict(
        rule.category(),
        rule.fault(),
        money,
        call.movesMoney() ? action : harmless(rule.category(), action),
        GatewayFacts.said(profile, answer, finding),
        rule.routingHealth(),
        rule.slaFault(),
        finding.name(),
        profile.id(),
        trail(profile, call, answer, finding, money, differs));
  }

  /// Whether a success is one for another amount: what was asked is then not what was done, and
  /// somebody must look.
  private static boolean differs(Profile profile, Call call, Rule rule, Message answer) {
    return call.movesMoney()
        && rule.category() == Category.SUCCEEDED
        && call.differs(GatewayFacts.ofAnswer(profile, answer));
  }

  private static Trail trail(
      Profile profile, Call call, Message answer, Finding finding, Money money, boolean differs) {
    Rule rule = finding.rule();
    return new Trail(
        rule.origin().map(Origin::text),
        !rule.isShipped(),
        finding.overruled(),
        FinalMark.of(profile, call, rule, money, answer),
        finding.unmapped().map(Finding.Unmapped::code),
        finding.unmapped().map(Finding.Unmapped::table),
        differs,
        profile.rails().ofAnswer(answer),
        money == Money.REJECTED ? stop(profile, answer) : Optional.empty());
  }

  /// Where a refusal says that the payment must not be tried again. Every hint of that kind is
  /// asked, whatever a user's own says before it.
  private static Optional<String> stop(Profile profile, Message answer) {
    for (Hint hint : profile.hints()) {
      if (hint.stop() && hint.given(answer)) {
        return hint.said(answer).map(said -> hint.at().text() + " " + GatewayFacts.code(said));
      }
    }
    return Optional.empty();
  }

  /// What an answer means whose body no table knows.
  private Finding untold(Profile profile, Call call, Observation seen, Message answer) {
    int status = answer.status();
    Content content = answer.content();
    if (status < 500 && content.kind() == Content.Kind.AMBIGUOUS) {
      return Finding.AMBIGUOUS;
    }
    if (status / 100 == 2) {
      return positive(profile, call, seen, status, content);
    }
    String server = answer.fields().first("Server").orElse("");
    return statuses
        .of(status, content.isPage(), server)
        .map(named -> new Finding(named.rule(), named.name()))
        .orElse(Finding.UNKNOWN);
  }

  private static Finding positive(
      Profile profile, Call call, Observation seen, int status, Content content) {
    if (profile.speaks() && content.isPage()) {
      return Finding.UNEXPECTED;
    }
    if (!call.movesMoney()) {
      return Finding.served(status);
    }
    // 204 and 205 have no body by definition, and a cut copy is our own limit: neither is the
    // gateway's failure to answer
    boolean shouldSpeak =
        profile.speaks() && status != 204 && status != 205 && seen.body().state() != State.CUT;
    return shouldSpeak && !content.isRead() ? Finding.UNEXPECTED : Finding.UNKNOWN;
  }

  /// Whether the codes that decide may stand in the part that is not kept.
  private static boolean halfRead(Profile profile, Observation seen, Content content) {
    State state = seen.body().state();
    return !profile.errors().isEmpty()
        && !content.isRead()
        && (state == State.CUT || state == State.UNREAD);
  }

  /// Whether something came that the gateway does not speak: a page, or a text that can't be read.
  /// Somebody between us and the gateway made it, or broke it, and who passes requests on can
  /// refuse to pass the answer back. A content network's documented word that it reached nobody is
  /// not strange.
  private static boolean strange(Profile profile, Rule rule, Content content) {
    return profile.speaks()
        && (content.isPage() || content.kind() == Content.Kind.OTHER)
        && rule.category() != Category.NOT_SENT;
  }

  /// A refusal or a success is believed only from an answer that was read whole, that the gateway
  /// itself made, whose status is one that the rule knows, and that it does not call passing.
  private static Money money(
      Profile profile, Call call, Rule rule, boolean believed, Message answer) {
    if (!call.movesMoney()) {
      return Money.NONE;
    }
    boolean passing =
        rule.money() == Money.REJECTED
            && !rule.isAnswer()
            && profile.hints().stream().anyMatch(hint -> hint.inDoubt() && hint.given(answer));
    return believed && !passing ? rule.money() : Money.IN_DOUBT;
  }

  private static Optional<Hint> hint(Profile profile, Rule rule, Message answer) {
    for (Hint hint : profile.hints()) {
      if (hint.speaksOf(rule) && hint.given(answer)) {
        return Optional.of(hint);
      }
    }
    return Optional.empty();
  }

  private static Action action(Rule rule, Money money, Optional<Hint> hint) {
    boolean doubt = money == Money.IN_DOUBT;
    Action action = hint.map(Hint::action).orElse(rule.action());
    if (doubt && action == Action.BACK_OFF && rule.action() == Action.RETRY_SAME) {
      return Action.RETRY_SAME; // later, but the same: the key is what protects
    }
    return doubt && action != Action.RETRY_SAME ? Action.RECONCILE : action;
  }

  /// Where no money can have moved there is nothing to reconcile: the call may be made again if
  /// nothing came of it.
  private static Action harmless(Category category, Action action) {
    return switch (category) {
      case ANSWER_LOST, PROVIDER_ERROR, IN_PROGRESS_CONFLICT, UNKNOWN ->
          action == Action.RECONCILE ? Action.RETRY_SAME : action;
      default -> action == Action.RECONCILE ? Action.NONE : action;
    };
  }
}
