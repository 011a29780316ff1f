package io.tollwatch.profile;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The codes of one place and what they mean. Immutable.
///
/// @param name how its rules are named, such as `decline_code`
/// @param at where the code stands
/// @param when the table is read only if each of these places has one of its values
/// @param requires and only if something stands at each of these: the mandatory fields of an answer
///   that may be believed
/// @param statuses and only with these statuses; empty for any
/// @param operations and only for these operations; empty for any
/// @param closed whether a code that is not in the table ends the search: no later table may judge
/// @param rules by code, with case
public record CodeTable(
    String name,
    Place at,
    Map<Place, Set<String>> when,
    List<Place> requires,
    Set<Integer> statuses,
    Set<Operation> operations,
    boolean closed,
    Map<String, Rule> rules) {

  public CodeTable {
    when = Map.copyOf(when);
    requires = List.copyOf(requires);
    statuses = Set.copyOf(statuses);
    operations = Set.copyOf(operations);
    rules = Map.copyOf(rules);
  }

  /// The code that stands in an answer, if this table is to be read for it.
  public Optional<String> code(Operation operation, int status, Fields fields, Content content) {
    if (!takes(operations, operation) || !takes(statuses, status)) {
      return Optional.empty();
    }
    Optional<String> code = at.text(fields, content);
    return code.isPresent() && holds(fields, content) ? code : Optional.empty();
  }

  private static <T> boolean takes(Set<T> some, T one) {
    return some.isEmpty() || some.contains(one);
  }

  private boolean holds(Fields fields, Content content) {
    for (Map.Entry<Place, Set<String>> condition : when.entrySet()) {
      if (condition
          .getKey()
          .text(fields, content)
          .filter(condition.getValue()::contains)
          .isEmpty()) {
        return false;
      }
    }
    return requires.stream().allMatch(place -> place.present(fields, content));
  }
}
