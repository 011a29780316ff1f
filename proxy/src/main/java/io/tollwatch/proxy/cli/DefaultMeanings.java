package io.tollwatch.proxy.cli;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.profile.BreakRules;
import io.tollwatch.profile.BreakRules.BreakRule;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.profile.StatusRules;
import io.tollwatch.profile.StatusRules.Candidate;
import io.tollwatch.proxy.cli.CodeMeaning.Stand;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a status means where a gateway's codes say no more, and what a break means. Stateless.
final class DefaultMeanings {

  private static final Pattern STATUS = Pattern.compile("(http/)?([1-5][0-9]{2})");
  private static final String BREAK = "transport/";

  private DefaultMeanings() {}

  static List<CodeMeaning> of(Profile profile, String wanted) {
    List<CodeMeaning> found = new ArrayList<>();
    var status = STATUS.matcher(wanted);
    if (status.matches()) {
      StatusRules.shipped()
          .all(Integer.parseInt(status.group(2)))
          .forEach(candidate -> found.add(ofStatus(profile, status.group(2), candidate)));
    }
    for (Breakage breakage : Breakage.values()) {
      if (wanted.equals(breakage.word()) || wanted.equals(BREAK + breakage.word())) {
        BreakRule rule = BreakRules.shipped().of(breakage);
        found.add(ofBreak(profile, breakage, "nothing was sent", unsent(rule)));
        found.add(ofBreak(profile, breakage, "something may have been sent", maybeSent(rule)));
      }
    }
    return found;
  }

  private static CodeMeaning ofStatus(Profile profile, String status, Candidate candidate) {
    List<String> when = new ArrayList<>();
    if (candidate.page()) {
      when.add("the body is a page");
    }
    candidate.server().ifPresent(server -> when.add("Server is " + server));
    Rule rule = candidate.named().rule();
    return new CodeMeaning(
        profile,
        candidate.named().name(),
        status,
        new Stand("status", when, Set.of(), Set.of()),
        Optional.of(candidate.page() && profile.speaks() ? doubted(rule) : rule));
  }

  /// Somebody between us and the gateway made the page: it is not believed.
  private static Rule doubted(Rule rule) {
    Action action = rule.action() == Action.RETRY_SAME ? Action.RETRY_SAME : Action.RECONCILE;
    return new Rule(
        rule.category(),
        rule.fault(),
        Money.IN_DOUBT,
        action,
        rule.routingHealth(),
        rule.slaFault(),
        rule.http(),
        Optional.empty(),
        rule.origin());
  }

  private static CodeMeaning ofBreak(Profile profile, Breakage breakage, String when, Rule rule) {
    return new CodeMeaning(
        profile,
        BREAK + breakage.word(),
        breakage.word(),
        new Stand("no answer", List.of(when), Set.of(), Set.of()),
        Optional.of(rule));
  }

  private static Rule unsent(BreakRule rule) {
    return rule(rule, Category.NOT_SENT, Money.NOT_SENT, rule.unsent());
  }

  private static Rule maybeSent(BreakRule rule) {
    return rule(rule, rule.sentCategory(), Money.IN_DOUBT, rule.maybeSent());
  }

  private static Rule rule(BreakRule rule, Category category, Money money, Action action) {
    return new Rule(
        category,
        rule.fault(),
        money,
        action,
        rule.routingHealth(),
        rule.slaFault(),
        Set.of(),
        Optional.empty(),
        Optional.of(rule.origin()));
  }
}
