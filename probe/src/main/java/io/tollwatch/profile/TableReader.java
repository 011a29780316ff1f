package io.tollwatch.profile;

import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the tables of a profile's file. Confined to one reading.
final class TableReader {

  /// A table and where it was read.
  record Read(CodeTable table, Section section) {}

  private final String profile;
  private final Source source;
  private final SharedRules shared;
  private final Set<String> unusedMarks;

  TableReader(String profile, Source source, SharedRules shared) {
    this.profile = profile;
    this.source = source;
    this.shared = shared;
    this.unusedMarks = new HashSet<>(source.marks().sources().keySet());
    this.unusedMarks.addAll(source.marks().beside());
  }

  List<Read> errors(Section root) {
    List<Read> tables = tables(root, "errors");
    for (Read read : tables) {
      read.table
          .rules()
          .forEach((code, rule) -> {
            if (rule.category() == Category.SUCCEEDED) {
              read.section.section("rules").wrong(code, " is a success", "move it to outcomes");
            }
          });
    }
    return tables;
  }

  List<Read> outcomes(Section root) {
    List<Read> tables = tables(root, "outcomes");
    for (Read read : tables) {
      CodeTable table = read.table;
      if (table.requires().isEmpty() && table.mandatory().isEmpty() && succeeds(table)) {
        read.section.wrong(
            "at", " leads to a success without mandatory fields", "name some under requires");
      }
    }
    return tables;
  }

  /// Marks that no rule answered to.
  Set<String> unusedMarks() {
    return unusedMarks;
  }

  private List<Read> tables(Section root, String key) {
    List<Read> tables = new ArrayList<>();
    for (Section section : root.sections(key)) {
      table(section).ifPresent(table -> tables.add(new Read(table, section)));
    }
    return tables;
  }

  private Optional<CodeTable> table(Section section) {
    return PlaceReader.place(section, "at").map(at -> table(section, at));
  }

  private CodeTable table(Section section, Place at) {
    String name = section.text("name").orElse(at.name());
    Set<Operation> operations = PlaceReader.operations(section, "operations");
    return new CodeTable(
        profile + "/" + name,
        at,
        PlaceReader.conditions(section, "when"),
        PlaceReader.places(section, "requires"),
        source.base().map(base -> mandatory(base, operations)).orElse(List.of()),
        Set.copyOf(section.integers("statuses")),
        operations,
        section.flag("closed", false),
        section.text("leads").orElse("gravest").equals("first"),
        rules(section, name),
        Set.copyOf(section.texts("silent", List.of())),
        beside(name),
        source.shipped());
  }

  /// The codes of a table that may stand beside a final one.
  private Set<String> beside(String table) {
    Set<String> codes = new HashSet<>();
    for (String rule : source.marks().beside()) {
      if (rule.startsWith(table + "/")) {
        codes.add(rule.substring(table.length() + 1));
        unusedMarks.remove(rule);
      }
    }
    return codes;
  }

  /// Those of a set first: the table's own take their places.
  private Map<String, Rule> rules(Section section, String name) {
    Map<String, Rule> rules = new HashMap<>();
    Optional<SharedRules.Named> set = shared.of(section);
    if (set.isPresent()) {
      read(section, name, set.get().rows(), set.get().source(), rules);
    } else if (!section.has("rules") && !section.has("rules-of")) {
      section.wrong("at", " has a table without rules", "name some under rules or rules-of");
    }
    read(section, name, section.section("rules"), source, rules);
    return rules;
  }

  private void read(
      Section table, String name, Section rows, Source from, Map<String, Rule> rules) {
    Set<Integer> http = Set.copyOf(table.integers("http"));
    for (String code : rows.keys()) {
      Section row = rows.section(code);
      Rule rule = RuleReader.rule(row, http, from);
      rules.put(code, marked(name + "/" + code, rule, row));
    }
  }

  private Rule marked(String name, Rule rule, Section row) {
    String mark = source.marks().sources().get(name);
    if (mark == null) {
      return rule;
    }
    unusedMarks.remove(name);
    if (rule.http().isEmpty()) {
      row.wrong(
          row.at("category"),
          " is marked final, but without a status",
          "say http: what it comes with");
      return rule;
    }
    if (Finality.allows(rule.category(), rule.money(), rule.http())) {
      return rule.marked(mark);
    }
    row.wrong(
        row.at("category"),
        " is marked final, but such a payment may still succeed",
        "remove the mark");
    return rule;
  }

  /// What the shipped tables demand of a success.
  private static List<List<Place>> mandatory(Profile base, Set<Operation> operations) {
    return base.outcomes().stream()
        .filter(table -> table.shipped() && succeeds(table))
        .filter(table ->
            table.operations().isEmpty()
                || operations.isEmpty()
                || !Collections.disjoint(table.operations(), operations))
        .map(CodeTable::requires)
        .distinct()
        .toList();
  }

  private static boolean succeeds(CodeTable table) {
    return table.rules().values().stream().anyMatch(rule -> rule.category() == Category.SUCCEEDED);
  }
}
