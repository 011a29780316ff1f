package io.tollwatch.checks.script;

import io.tollwatch.checks.message.Draft;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Route;
import io.tollwatch.taxonomy.Operation;

/// Tells which steps take money, by the profile's routes. Stateless.
public final class Takings {

  private Takings() {}

  /// What a request does.
  public static Route route(Profile profile, RequestScript script, Draft request) {
    return profile.route(
        request.method(),
        request.target(),
        () -> request.content().orElse(""),
        script.contentType().orElse(""));
  }

  /// Whether such a call may take money: what gives it back does not.
  public static boolean takes(Route route) {
    return route.movesMoney()
        && route.operation() != Operation.REFUND
        && route.operation() != Operation.VOID;
  }
}
