package io.tollwatch.simulation;

import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      List<Path> files = new ArrayList<>();
      files.add(Files.writeString(folder.resolve("house.yaml"), HOUSE));
      for (String plain : PlainProfiles.of(absence)) {
        files.add(Files.writeString(folder.resolve("plain-" + files.size() + ".yaml"), plain));
      }
      ProfilesReading reading = Profiles.of(Profiles.shipped(), files);
      for (Path file : files) {
        Files.delete(file);
      }
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
