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
/// @param unmapped a more specific code that no table knows
/// @param overruled the shipped rule that a user's one displaced
record Finding(
    Rule rule,
    String name,
    Optional<String> code,
    Optional<Unmapped> unmapped,
    Optional<String> overruled) {

  /// A code that no table knows.
  ///
  /// @param code bounded
  /// @param table the first one that does not know it
  record Unmapped(String code, String table) {}

  /// No rule matched.
  static final Finding UNKNOWN = new Finding(Rule.of(Category.UNKNOWN, Fault.UNKNOWN), "unknown");

  /// The answer contradicts itself: one property twice, with two values.
  static final Finding AMBIGUOUS =
      new Finding(Rule.of(Category.UNKNOWN, Fault.PROVIDER), "transport/ambiguous_content");

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
              Optional.empty(),
              Optional.empty()),
          "transport/unexpected_content");

  Finding(Rule rule, String name) {
    this(rule, name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// A call that can't move money went well.
  static Finding served(int status) {
    return new Finding(Rule.of(Category.SUCCEEDED, Fault.NONE), "http/" + status);
  }

  Finding unmapped(Optional<Unmapped> unknown) {
    return unknown.isEmpty() ? this : new Finding(rule, name, code, unknown, overruled);
  }

  Finding overruling(String shipped) {
    return new Finding(rule, name, code, unmapped, Optional.of(shipped));
  }
}
