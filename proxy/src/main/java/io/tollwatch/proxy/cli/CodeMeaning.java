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
/// @param rule empty of a code that is known and says nothing by itself
record CodeMeaning(Profile profile, CodeTable table, String code, Optional<Rule> rule) {

  /// How many near matches are offered.
  private static final int NEAR = 3;

  /// All that a code, or the name of a rule such as `decline_code/lost_card`, can mean, in the
  /// order in which the tables are read.
  static List<CodeMeaning> of(Profile profile, String wanted) {
    List<CodeMeaning> found = new ArrayList<>();
    profile
        .tables()
        .forEach(table -> {
          for (String code : codes(table)) {
            String name = table.name() + "/" + code;
            if (code.equals(wanted) || name.equals(wanted) || name.endsWith("/" + wanted)) {
              Optional<Rule> rule = Optional.ofNullable(table.rules().get(code));
              found.add(new CodeMeaning(profile, table, code, rule));
            }
          }
        });
    return found;
  }

  /// What may have been meant by a code that no table knows, the nearest first.
  static List<String> near(Profile profile, String wanted) {
    Set<String> left = new TreeSet<>();
    profile.tables().forEach(table -> left.addAll(codes(table)));
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

  /// The rule's name in verdicts.
  String name() {
    return table.name() + "/" + code;
  }

  /// Where in the answer it stands, and when it is looked at.
  String place() {
    StringBuilder place = new StringBuilder(table.at().text());
    new TreeSet<>(table.statuses()).forEach(status -> place.append(", with ").append(status));
    table
        .when()
        .forEach((at, values) ->
            place.append(
                ", where %s is %s"
                    .formatted(at.text(), String.join(" or ", new TreeSet<>(values)))));
    if (!table.operations().isEmpty()) {
      List<String> words = table.operations().stream().map(Operation::word).sorted().toList();
      place.append(", of ").append(String.join(", ", words));
    }
    return place.toString();
  }

  /// For machines.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gateway", profile.name());
    json.put("code", code);
    json.put("known", true);
    json.put("profile", profile.id());
    json.put("rule", name());
    json.put("place", table.at().text());
    if (!table.statuses().isEmpty()) {
      json.put("statuses", new TreeSet<>(table.statuses()));
    }
    if (!table.operations().isEmpty()) {
      json.put("operations", table.operations().stream().map(Operation::word).sorted().toList());
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
