package io.tollwatch.simulation;

import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Plays worlds. Immutable.
final class Simulation {

  /// A rule of the user's beside Stripe's own.
  private static final String HOUSE =
      """
      name: stripe
      version: 7
      extends: stripe
      errors:
        - at: $.error.decline_code
          rules:
            lost_card: {category: decline_hard, fault: issuer}
      """;

  /// A gateway that finds each payment by its reference.
  private static final String PLAIN =
      """
      name: plain
      version: 1
      answers: [json]
      routes:
        - {method: POST, paths: [/payments], operation: pay}
        - {method: GET, paths: ["/payments/{id}"], operation: query}
      outcomes:
        - at: $.status
          operations: [pay]
          requires: [$.id]
          http: [200]
          closed: true
          rules:
            paid: {category: succeeded, fault: none}
            failed: {category: decline_hard, fault: issuer}
            pending: {category: pending, fault: none}
      request: {reference: [$.reference], amount: [$.amount], currency: [$.currency]}
      answer: {payment: [$.id]}
      amounts: {unit: minor}
      idempotency: {key: header Idempotency-Key, lives: 24h, scope: account, other-body: refused}
      lookup:
        absence: ABSENCE
        calls:
          - method: GET
            path: "/payments/{reference}"
            operations: [pay]
            state: $.status
            states: {paid: succeeded, failed: rejected, pending: pending}
            missing: [404]
      """;

  private final Weather weather;
  private final Mutation mutation;
  private final Profiles profiles;

  Simulation(Weather weather, Mutation mutation) {
    this.weather = weather;
    this.mutation = mutation;
    this.profiles = profiles(mutation.absence());
  }

  private static Profiles profiles(String absence) {
    try {
      Path folder = Files.createTempDirectory("tollwatch");
      Path house = Files.writeString(folder.resolve("house.yaml"), HOUSE);
      Path plain =
          Files.writeString(folder.resolve("plain.yaml"), PLAIN.replace("ABSENCE", absence));
      ProfilesReading reading = Profiles.of(Profiles.shipped(), List.of(house, plain));
      Files.delete(house);
      Files.delete(plain);
      Files.delete(folder);
      return switch (reading) {
        case ProfilesReading.Valid valid -> valid.profiles();
        default -> throw new IllegalStateException(reading.toString());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Plays the world of a seed to its end.
  World world(long seed) {
    World world = new World(seed, weather, mutation, profiles);
    world.play();
    return world;
  }
}
