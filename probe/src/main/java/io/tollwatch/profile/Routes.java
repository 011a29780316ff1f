package io.tollwatch.profile;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Finds out what a call does. Immutable. The first row that fits decides; a call that no row knows
/// may move money unless its method is safe (RFC 9110, section 9.2.1).
///
/// @param rows in order
record Routes(List<RouteTemplate> rows) {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  Routes {
    rows = List.copyOf(rows);
  }

  /// Whether a method moves no money by itself.
  static boolean isSafe(String method) {
    return SAFE.contains(method);
  }

  /// The segments of a template or of a target's path, decoded one by one.
  static List<String> segments(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    List<String> segments = new ArrayList<>();
    int from = path.startsWith("/") ? 1 : 0;
    for (int slash; (slash = path.indexOf('/', from)) >= 0; from = slash + 1) {
      segments.add(decoded(path.substring(from, slash)));
    }
    segments.add(decoded(path.substring(from)));
    return segments;
  }

  Route find(String method, String target, Supplier<String> body, String contentType) {
    List<String> path = segments(target);
    List<Parameters.Parameter> parameters = null;
    Message request = null;
    // a user may call harmless what no shipped row knows, not what one calls moving
    Route harmless = null;
    for (RouteTemplate row : rows) {
      if (!row.takes(method, path)) {
        continue;
      }
      if (row.parameter().isPresent()) {
        if (parameters == null) {
          parameters = parameters(target, body, contentType);
        }
        if (!says(parameters, row.parameter().get())) {
          continue;
        }
      }
      if (row.looksInside()) {
        if (request == null) {
          request = request(target, body, contentType);
        }
        if (!row.holds(request)) {
          continue;
        }
      }
      if (row.shipped() || row.route().movesMoney()) {
        return harmless == null ? row.route() : harmless.movingAs(row.route());
      }
      harmless = harmless == null ? row.route() : harmless;
    }
    return harmless == null ? new Route(Operation.OTHER, !isSafe(method), Route.UNKNOWN) : harmless;
  }

  /// A body that contradicts itself has nothing at any place.
  private static Message request(String target, Supplier<String> body, String contentType) {
    Content content = Content.ofRequest(target, contentType, body.get());
    return new Message(target, 0, Fields.none(), content);
  }

  private static List<Parameters.Parameter> parameters(
      String target, Supplier<String> body, String contentType) {
    List<Parameters.Parameter> all = new ArrayList<>(Parameters.ofTarget(target).all());
    if (Parameters.isForm(contentType)) {
      all.addAll(Parameters.of(body.get()).all());
    }
    return all;
  }

  /// Where a parameter comes twice and disagrees, nobody knows which one the gateway takes.
  private static boolean says(List<Parameters.Parameter> all, Parameters.Parameter wanted) {
    boolean said = false;
    for (Parameters.Parameter each : all) {
      if (each.name().equals(wanted.name())) {
        if (!each.value().equals(wanted.value())) {
          return false;
        }
        said = true;
      }
    }
    return said;
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badlyEncoded) {
      return segment;
    }
  }
}
