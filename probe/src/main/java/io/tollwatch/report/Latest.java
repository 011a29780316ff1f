package io.tollwatch.report;

import io.tollwatch.report.page.Cell;
import io.tollwatch.report.page.Table;
import io.tollwatch.report.page.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often exchanges had something in common, each with the latest of them. Confined to one
/// report. What outside can choose freely is bounded: beyond [#MAX_KINDS] kinds no new one is
/// taken.
final class Latest {

  static final int MAX_KINDS = 10_000;

  private final Map<List<String>, Seen> kinds = new LinkedHashMap<>();

  /// Adds an exchange, which is later than those before.
  ///
  /// @param said what it said beyond that
  /// @param kind what it has in common with others: three words
  void add(String id, String said, String... kind) {
    List<String> key = List.of(kind);
    if (kinds.size() < MAX_KINDS || kinds.containsKey(key)) {
      kinds.merge(key, new Seen(1, id, said), (old, now) -> new Seen(old.count() + 1, id, said));
    }
  }

  /// The most frequent kinds.
  ///
  /// @param columns the kind's three words, the number, what was said if that is wanted, the id
  Table table(String name, List<Column> columns, int most, boolean withSaid, String otherwise) {
    List<List<Cell>> rows =
        kinds.entrySet().stream()
            .sorted(
                Map.Entry.<List<String>, Seen>comparingByValue(
                        Comparator.comparingLong(Seen::count).reversed())
                    .thenComparing(entry -> String.join("\0", entry.getKey())))
            .limit(most)
            .map(entry -> row(entry.getKey(), entry.getValue(), withSaid))
            .toList();
    return new Table(name, columns, rows, otherwise);
  }

  private static List<Cell> row(List<String> kind, Seen seen, boolean withSaid) {
    List<Cell> row = new ArrayList<>();
    kind.forEach(word -> row.add(new Cell.Text(word)));
    row.add(new Cell.Count(seen.count()));
    if (withSaid) {
      row.add(seen.said().isEmpty() ? new Cell.Absent() : new Cell.Text(seen.said()));
    }
    row.add(new Cell.Code(seen.id()));
    return row;
  }

  /// How often, and what came last.
  private record Seen(long count, String id, String said) {}
}
