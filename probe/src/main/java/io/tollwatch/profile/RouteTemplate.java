package io.tollwatch.profile;

import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One row of a profile's routes. Immutable. Matching is linear in the path.
///
/// @param method the method, or `*`; GET takes HEAD with it
/// @param segments of the path: words, `{name}` for any one, `*` at the end for the rest
/// @param parameter what a parameter must say as well
/// @param when and the request must have one of these values at each of these places
/// @param requires and something at each of these
/// @param route what the call does
/// @param shipped whether it comes from a shipped file
record RouteTemplate(
    String method,
    List<String> segments,
    Optional<Parameters.Parameter> parameter,
    Map<Place, Set<String>> when,
    List<Place> requires,
    Route route,
    boolean shipped) {

  RouteTemplate {
    segments = List.copyOf(segments);
    when = Map.copyOf(when);
    requires = List.copyOf(requires);
  }

  /// A template that only tells paths apart.
  static RouteTemplate ofPath(List<String> segments) {
    Route none = new Route(Operation.OTHER, true, Route.UNKNOWN);
    return new RouteTemplate("*", segments, Optional.empty(), Map.of(), List.of(), none, true);
  }

  boolean takes(String requestMethod, List<String> path) {
    return takesMethod(requestMethod) && takesPath(path);
  }

  /// Whether the row depends on more of the request than method, path and parameter.
  boolean looksInside() {
    return !when.isEmpty() || !requires.isEmpty();
  }

  /// Whether a request has what the row asks for.
  boolean holds(Message request) {
    return Place.hold(when, requires, request);
  }

  private boolean takesMethod(String requestMethod) {
    return method.equals("*")
        || method.equals(requestMethod)
        || (method.equals("GET") && requestMethod.equals("HEAD"));
  }

  boolean takesPath(List<String> path) {
    boolean open = segments.getLast().equals("*");
    int fixed = open ? segments.size() - 1 : segments.size();
    if (open ? path.size() < fixed : path.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!takesSegment(segments.get(i), path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// A placeholder takes no segment that a server could read as another path.
  private static boolean takesSegment(String template, String segment) {
    return template.startsWith("{")
        ? !segment.isEmpty()
            && !segment.equals(".")
            && !segment.equals("..")
            && segment.indexOf('/') < 0
        : template.equals(segment);
  }
}
