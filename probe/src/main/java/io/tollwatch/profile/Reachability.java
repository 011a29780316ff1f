package io.tollwatch.profile;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds rules that can never decide, since an earlier table of the same place always does, or
/// since their own table's condition rules them out. Stateless.
final class Reachability {

  private Reachability() {}

  /// Reports the rules of each table that the tables before it leave nothing of.
  static void check(List<TableReader.Read> tables) {
    for (int i = 0; i < tables.size(); i++) {
      TableReader.Read later = tables.get(i);
      for (String code : later.table().rules().keySet()) {
        if (excludes(later.table(), code)) {
          later
              .section()
              .section("rules")
              .wrong(code, " is never reached: its table's own condition excludes it", "remove it");
        }
      }
      for (TableReader.Read earlier : tables.subList(0, i)) {
        report(earlier, later);
      }
    }
  }

  private static boolean excludes(CodeTable table, String code) {
    Set<String> own = table.when().get(table.at());
    return own != null && !own.contains(code) && !isList(table.at());
  }

  private static void report(TableReader.Read earlier, TableReader.Read later) {
    if (!covers(earlier.table(), later.table())) {
      return;
    }
    for (String code : later.table().rules().keySet()) {
      boolean decided = earlier.table().closed() || earlier.table().rules().containsKey(code);
      if (decided
          && !excludes(later.table(), code)
          && holdsFor(earlier.table(), later.table(), code)) {
        later
            .section()
            .section("rules")
            .wrong(
                code,
                " is never reached: the table in line " + earlier.section().line() + " decides",
                "remove one of the two, or give the first a condition");
      }
    }
  }

  /// Whether all that the later table is read for is read for the earlier one too, conditions
  /// aside.
  private static boolean covers(CodeTable earlier, CodeTable later) {
    return earlier.at().equals(later.at())
        && !isList(later.at())
        && coversAll(earlier.operations(), later.operations())
        && coversAll(earlier.statuses(), later.statuses())
        && new HashSet<>(later.requires()).containsAll(earlier.requires())
        && earlier.mandatory().isEmpty();
  }

  private static <T> boolean coversAll(Collection<T> earlier, Collection<T> later) {
    return earlier.isEmpty() || (!later.isEmpty() && earlier.containsAll(later));
  }

  private static boolean holdsFor(CodeTable earlier, CodeTable later, String code) {
    return earlier.when().entrySet().stream()
        .allMatch(condition -> {
          Set<String> narrower = later.when().get(condition.getKey());
          return (condition.getKey().equals(later.at()) && condition.getValue().contains(code))
              || (narrower != null && condition.getValue().containsAll(narrower));
        });
  }

  /// With several codes another one of them may lead.
  private static boolean isList(Place place) {
    return place instanceof BodyPath path && !path.single();
  }
}
