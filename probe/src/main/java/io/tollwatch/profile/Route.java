package io.tollwatch.profile;

import io.tollwatch.taxonomy.Operation;

/// What a call does, as far as its method and target say. Immutable.
///
/// @param movesMoney whether it may move money
/// @param template the route's name in the profile, such as `/v1/charges/{id}`, or `*` where none
///   fits: one of few, so that it can label metrics
public record Route(Operation operation, boolean movesMoney, String template) {

  /// The template of calls that the profile does not know.
  public static final String UNKNOWN = "*";

  /// This route, unless it is harmless only by its own word.
  Route movingAs(Route shipped) {
    return shipped.movesMoney() ? shipped : this;
  }
}
