package io.tollwatch.checks.script;

import io.tollwatch.profile.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The files of checks that are shipped, one for each profile of a gateway. Stateless.
public final class ShippedChecks {

  private ShippedChecks() {}

  /// The profiles that have one, in order.
  public static List<String> names() {
    return Profiles.shipped().names().stream()
        .filter(name -> !name.equals(Profiles.GENERIC))
        .toList();
  }

  /// The text for a profile.
  public static Optional<String> text(String profile) {
    if (!names().contains(profile)) {
      return Optional.empty();
    }
    try (InputStream in =
        ShippedChecks.class.getResourceAsStream(
            "/io/tollwatch/checks/shipped/" + profile + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
