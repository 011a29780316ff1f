package io.tollwatch.checks.script;

import io.tollwatch.checks.message.Draft;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Route;
import io.tollwatch.taxonomy.Operation;
import java.util.EnumSet;
import java.util.Set;

/// Tells what the steps of a check do, before it runs, by the profile's routes. Stateless.
public final class Operations {

  private Operations() {}

  /// The operations whose breakers a run counts for.
  public static Set<Operation> of(Check check, Profile profile) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    check.steps().forEach(step -> operations.add(route(check, profile, step).operation()));
    check
        .always()
        .forEach(cleanUp -> operations.add(route(check, profile, cleanUp.step()).operation()));
    return operations;
  }

  static Route route(Check check, Profile profile, Step step) {
    return Takings.route(profile, step.request(), standIn(check, step.request()));
  }

  /// The request with stand-ins for what is not known yet.
  private static Draft standIn(Check check, RequestScript request) {
    return request.fill(name -> {
      Value known = check.values().get(name);
      return known != null && !known.secret() ? known : Value.of("x");
    });
  }
}
