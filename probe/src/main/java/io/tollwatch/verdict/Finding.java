package io.tollwatch.verdict;

import io.tollwatch.profile.Rule;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.util.Optional;
import java.util.Set;

/// The rule that matched an answer. Immutable.
///
/// @param name the rule's name
/// @param code the gateway's code, where the rule is for one in the body
record Finding(Rule rule, String name, Optional<String> code) {

  /// No rule matched.
  static final Finding UNKNOWN = new Finding(Rule.of(Category.UNKNOWN, Fault.UNKNOWN), "unknown");

  /// A complete answer that is not the gateway's: a page, or nothing at all.
  static final Finding UNEXPECTED =
      new Finding(
          new Rule(
              Category.ANSWER_LOST,
              Fault.PROVIDER,
              Money.IN_DOUBT,
              Action.RECONCILE,
              true,
              true,
              Set.of(),
              Optional.empty()),
          "transport/unexpected_content");

  Finding(Rule rule, String name) {
    this(rule, name, Optional.empty());
  }

  /// A call that can't move money went well.
  static Finding served(int status) {
    return new Finding(Rule.of(Category.SUCCEEDED, Fault.NONE), "http/" + status);
  }
}
