package io.tollwatch.proxy.cli;

import io.tollwatch.document.Shown;
import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Origin;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Rule;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one code means at one place of a gateway's answers. Immutable.
///
/// @param name the rule's name in verdicts
/// @param rule empty of a code that is known and says nothing by itself
record CodeMeaning(Profile profile, String name, String code, Stand stand, Optional<Rule> rule) {

  /// Where it stands, and when it is looked at.
  ///
  /// @param place as profiles write it
  /// @param when conditions, in words
  /// @param statuses of the answer; empty for any
  /// @param operations of the call; empty for any
  record Stand(String place, List<String> when, Set<Integer> statuses, Set<Operation> operations) {}

  /// How many near matches are offered.
  private static final int NEAR = 3;

  /// All that a code, a status, a break, or the name of a rule such as `decline_code/lost_card`,
  /// can mean, in the order in which they are looked at.
  static List<CodeMeaning> of(Profile profile, String wanted) {
    List<CodeMeaning> found = new ArrayList<>();
    profile
        .tables()
        .forEach(table -> {
          for (String code : codes(table)) {
            String name = table.name() + "/" + code;
            if (code.equals(wanted) || name.equals(wanted) || name.endsWith("/" + wanted)) {
              Optional<Rule> rule = Optional.ofNullable(table.rules().get(code));
              found.add(new CodeMeaning(profile, name, code, stand(table), rule));
            }
          }
        });
    found.addAll(DefaultMeanings.of(profile, wanted));
    return found;
  }

  /// What may have been meant by a code that no table knows, the nearest first.
  static List<String> near(Profile profile, String wanted) {
    Set<String> left = new TreeSet<>();
    profile.tables().forEach(table -> left.addAll(codes(table)));
    profile.hints().forEach(hint -> left.addAll(hint.values()));
    List<String> near = new ArrayList<>();
    while (near.size() < NEAR) {
      Optional<String> next = Shown.nearest(wanted, left);
      if (next.isEmpty()) {
        break;
      }
      near.add(next.get());
      left.remove(next.get());
    }
    return near;
  }

  private static Set<String> codes(CodeTable table) {
    Set<String> codes = new TreeSet<>(table.rules().keySet());
    codes.addAll(table.silent());
    return codes;
  }

  private static Stand stand(CodeTable table) {
    List<String> when = new ArrayList<>();
    table
        .when()
        .forEach((at, values) ->
            when.add(at.text() + " is " + String.join(" or ", new TreeSet<>(values))));
    return new Stand(table.at().text(), when, table.statuses(), table.operations());
  }

  /// Where in the answer it stands, and when it is looked at.
  String place() {
    StringBuilder place = new StringBuilder(stand.place());
    new TreeSet<>(stand.statuses()).forEach(status -> place.append(", with ").append(status));
    stand.when().forEach(condition -> place.append(", where ").append(condition));
    if (!stand.operations().isEmpty()) {
      place.append(", of ").append(String.join(", ", operations()));
    }
    return place.toString();
  }

  private List<String> operations() {
    return stand.operations().stream().map(Operation::word).sorted().toList();
  }

  /// For machines.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gateway", profile.name());
    json.put("code", code);
    json.put("known", true);
    json.put("profile", profile.id());
    json.put("rule", name);
    json.put("place", stand.place());
    if (!stand.when().isEmpty()) {
      json.put("when", stand.when());
    }
    if (!stand.statuses().isEmpty()) {
      json.put("statuses", new TreeSet<>(stand.statuses()));
    }
    if (!stand.operations().isEmpty()) {
      json.put("operations", operations());
    }
    rule.ifPresent(it -> put(json, it));
    return json;
  }

  private static void put(Map<String, Object> json, Rule rule) {
    json.put("category", rule.category().word());
    json.put("means", Meanings.of(rule.category()));
    json.put("fault", rule.fault().word());
    json.put("money", rule.money().word());
    json.put("action", rule.action().word());
    json.put("routing_health", rule.routingHealth());
    json.put("sla_fault", rule.slaFault());
    json.put("http", new TreeSet<>(rule.http()));
    json.put("final", rule.isFinal());
    rule.finalSource().ifPresent(source -> json.put("final_source", source));
    json.put("by_user", !rule.isShipped());
    rule.origin().map(Origin::text).ifPresent(at -> json.put("at", at));
  }
}
