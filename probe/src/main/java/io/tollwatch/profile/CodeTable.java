package io.tollwatch.profile;

import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The codes of one place and what they mean. Immutable. Looking a code up is one hash lookup.
///
/// @param name how its rules are named, such as `stripe/decline_code`
/// @param at where the code stands; with a list, several codes may
/// @param when the table is read only if each of these places has one of its values
/// @param requires and only if something stands at each of these: the mandatory fields of an answer
///   that may be believed
/// @param mandatory of a user's table: a success counts only if, of at least one of these lists,
///   all fields are there; empty for no such demand
/// @param statuses and only with these statuses; empty for any
/// @param operations and only for these operations; empty for any
/// @param closed whether a code that is not in the table ends the search: no later table may judge
/// @param firstLeads whether of several known codes the first one leads, and not the gravest
/// @param rules by code, with case
/// @param silent codes that are known and say nothing by themselves
/// @param beside codes that are not final, but may stand beside a final one without taking from it
/// @param shipped whether it comes from a shipped file
public record CodeTable(
    String name,
    Place at,
    Map<Place, Set<String>> when,
    List<Place> requires,
    List<List<Place>> mandatory,
    Set<Integer> statuses,
    Set<Operation> operations,
    boolean closed,
    boolean firstLeads,
    Map<String, Rule> rules,
    Set<String> silent,
    Set<String> beside,
    boolean shipped) {

  /// What money can come to, the gravest first: a doubt must never be hidden by a refusal beside
  /// it.
  private static final List<Money> GRAVEST =
      List.of(
          Money.IN_DOUBT,
          Money.PENDING,
          Money.SUCCEEDED,
          Money.REJECTED,
          Money.NOT_SENT,
          Money.NONE);

  /// The code that leads, and what it means.
  public record Lead(String code, Rule rule) {

    /// Whether this one is graver for the money.
    public boolean isGraverThan(Lead other) {
      return GRAVEST.indexOf(rule.money()) < GRAVEST.indexOf(other.rule.money());
    }
  }

  public CodeTable {
    when = Map.copyOf(when);
    requires = List.copyOf(requires);
    mandatory = List.copyOf(mandatory);
    statuses = Set.copyOf(statuses);
    operations = Set.copyOf(operations);
    rules = Map.copyOf(rules);
    silent = Set.copyOf(silent);
    beside = Set.copyOf(beside);
  }

  /// The codes that stand in an answer, if this table is to be read for it; else none.
  public List<String> codes(Operation operation, Message message) {
    if (!takes(operations, operation) || !takes(statuses, message.status())) {
      return List.of();
    }
    List<String> codes = at.texts(message);
    return !codes.isEmpty() && Place.hold(when, requires, message) ? codes : List.of();
  }

  /// The one of these codes that leads: the gravest for the money that the table knows, of equals
  /// the first.
  public Optional<Lead> lead(List<String> codes, Message message) {
    Lead best = null;
    for (String code : codes) {
      Rule rule = rules.get(code);
      if (rule == null || !mayClaim(rule, message)) {
        continue;
      }
      Lead lead = new Lead(code, rule);
      if (best == null || lead.isGraverThan(best)) {
        best = lead;
      }
      if (firstLeads) {
        break;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Whether the table has something to say of a code, be it that it says nothing.
  public boolean knows(String code) {
    return rules.containsKey(code) || silent.contains(code);
  }

  /// Whether the table says nothing of a code that speaks against a final one in the same answer.
  /// What it does not know is left to the other tables.
  public boolean allowsFinal(String code) {
    Rule rule = rules.get(code);
    return beside.contains(code) || (rule == null ? !silent.contains(code) : rule.isFinal());
  }

  private boolean mayClaim(Rule rule, Message message) {
    return rule.money() != Money.SUCCEEDED
        || mandatory.isEmpty()
        || mandatory.stream().anyMatch(fields -> Place.hold(Map.of(), fields, message));
  }

  private static <T> boolean takes(Set<T> some, T one) {
    return some.isEmpty() || some.contains(one);
  }
}
