package io.tollwatch.profile;

import io.tollwatch.document.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The profiles at hand, by name. Immutable, thread-safe.
public final class Profiles {

  /// The name of the profile that knows nothing but HTTP.
  public static final String GENERIC = "generic";

  private static final List<String> SHIPPED =
      List.of(
          GENERIC,
          "adyen",
          "alipay",
          "authorize-net",
          "braintree",
          "checkout-com",
          "cybersource",
          "gocardless",
          "mollie",
          "paypal",
          "razorpay",
          "square",
          "stripe",
          "wechatpay");

  private final Map<String, Profile> byName;

  private Profiles(Map<String, Profile> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// Reads the shipped ones. On a cold machine that takes about a second: call it once.
  public static Profiles shipped() {
    Map<String, Profile> profiles = new HashMap<>();
    for (String name : SHIPPED) {
      profiles.put(name, ShippedProfile.read(name));
    }
    return new Profiles(profiles);
  }

  /// Adds users' own profiles, each from its file; one with the name of a shipped one that it
  /// extends takes its place.
  ///
  /// @param files in any order; two of one name are a problem
  public static ProfilesReading of(Profiles shipped, List<Path> files) {
    Map<String, Profile> profiles = new HashMap<>(shipped.byName);
    Map<String, Path> names = new HashMap<>();
    List<FileProblem> problems = new ArrayList<>();
    for (Path file : files) {
      UserProfile read = UserProfile.read(file, shipped);
      problems.addAll(read.problems());
      read.profile()
          .ifPresent(profile -> {
            Path first = names.putIfAbsent(profile.name(), file);
            if (first != null) {
              problems.add(
                  new FileProblem(
                      file, 1, 1, "a profile of this name is in " + first + " too", "rename one"));
            }
            profiles.put(profile.name(), profile);
          });
    }
    return problems.isEmpty()
        ? new ProfilesReading.Valid(new Profiles(profiles))
        : new ProfilesReading.Invalid(problems);
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
