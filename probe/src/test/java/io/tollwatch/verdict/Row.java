package io.tollwatch.verdict;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One row of the collected facts.
///
/// @param http the statuses that it comes with; empty where nobody knows
/// @param late whether a payment that is called failed so may still be taken
record Row(
    String where, String code, List<Integer> http, Map<String, String> expected, boolean late) {

  /// Reads a line of the CSV, which quotes what holds a comma.
  static Row of(String line) {
    List<String> cells =
        Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
            .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
            .map(cell -> cell.replace("\"\"", "\""))
            .toList();
    List<Integer> http =
        cells.get(2).isEmpty()
            ? List.of()
            : Arrays.stream(cells.get(2).split(" ", -1)).map(Integer::valueOf).toList();
    boolean counts = Boolean.parseBoolean(cells.get(6));
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("category", cells.get(3));
    expected.put("fault", cells.get(4));
    expected.put("money", cells.get(5));
    expected.put("action", cells.get(7));
    expected.put("sla-fault", String.valueOf(counts && cells.get(4).equals("provider")));
    expected.put("routing-health", String.valueOf(counts || cells.get(3).equals("rate_limited")));
    return new Row(cells.get(0), cells.get(1), http, expected, Boolean.parseBoolean(cells.get(8)));
  }

  String title() {
    return where + " = " + code;
  }
}
