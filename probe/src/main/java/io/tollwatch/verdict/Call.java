package io.tollwatch.verdict;

import io.tollwatch.profile.Route;
import io.tollwatch.taxonomy.Operation;

/// What was asked of a gateway. Immutable.
///
/// @param movesMoney whether the call may move money
public record Call(Operation operation, boolean movesMoney) {

  /// The call that a route describes.
  public static Call of(Route route) {
    return new Call(route.operation(), route.movesMoney());
  }
}
