package io.tollwatch.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The profiles at hand, by name. Immutable, thread-safe.
public final class Profiles {

  /// The name of the profile that knows nothing but HTTP.
  public static final String GENERIC = "generic";

  private static final List<String> SHIPPED = List.of(GENERIC, "adyen", "alipay", "stripe");

  private final Map<String, Profile> byName;

  private Profiles(Map<String, Profile> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// Reads the shipped ones. On a cold machine that takes about a second: call it once.
  public static Profiles shipped() {
    Map<String, Profile> profiles = new HashMap<>();
    for (String name : SHIPPED) {
      profiles.put(name, ProfileReader.read(Resources.text(name + ".yaml")));
    }
    return new Profiles(profiles);
  }

  /// The profile of that name, or the generic one.
  public Profile byName(String name) {
    return byName.getOrDefault(name, generic());
  }

  /// The profile that knows nothing but HTTP.
  public Profile generic() {
    return Objects.requireNonNull(byName.get(GENERIC));
  }

  /// The names that have a profile.
  public Set<String> names() {
    return byName.keySet();
  }
}
