package io.tollwatch.profile;

import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the routes of a profile's file. Stateless.
final class RouteReader {

  /// What tells one route from another.
  private record Key(
      String method,
      List<String> segments,
      Optional<Parameters.Parameter> parameter,
      Map<Place, Set<String>> when,
      List<Place> requires) {

    static Key of(RouteTemplate row) {
      return new Key(row.method(), row.segments(), row.parameter(), row.when(), row.requires());
    }
  }

  private RouteReader() {}

  static List<RouteTemplate> routes(Section root, Source source) {
    List<RouteTemplate> templates = new ArrayList<>();
    Map<Key, Integer> lines = new HashMap<>();
    for (Section row : root.sections("routes")) {
      for (RouteTemplate template : templates(row, source)) {
        Integer first = lines.putIfAbsent(Key.of(template), row.line());
        if (first != null) {
          row.wrong("paths", ": the route in line " + first + " decides", "remove one of the two");
        }
        templates.add(template);
      }
    }
    return templates;
  }

  private static List<RouteTemplate> templates(Section row, Source source) {
    String method = row.text("method").orElse("*");
    Operation operation = row.choice("operation", Operation.class, Operation.OTHER);
    boolean moves =
        row.flag(
            "moves-money",
            operation.movesMoney() || (operation == Operation.OTHER && !Routes.isSafe(method)));
    return row.texts("paths", List.of()).stream()
        .map(path ->
            new RouteTemplate(
                method,
                Routes.segments(path),
                parameter(row.section("parameter")),
                PlaceReader.conditions(row, "when"),
                PlaceReader.places(row, "requires"),
                new Route(operation, moves, row.text("label").orElse(path)),
                source.shipped()))
        .toList();
  }

  private static Optional<Parameters.Parameter> parameter(Section parameter) {
    return parameter.keys().stream()
        .map(key -> new Parameters.Parameter(key, parameter.text(key).orElse("")))
        .findFirst();
  }
}
