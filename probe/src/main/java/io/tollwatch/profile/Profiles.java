package io.tollwatch.profile;

import io.tollwatch.document.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The profiles at hand, by name: the shipped ones, each read when it is asked for first, and
/// users' own. Immutable, thread-safe.
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

  /// The shipped ones that were asked for: each is read once in a process.
  private static final Map<String, Profile> READ = new ConcurrentHashMap<>();

  private static final Profiles WITHOUT_OWN = new Profiles(Map.of());

  private final Map<String, Profile> own;

  private Profiles(Map<String, Profile> own) {
    this.own = Map.copyOf(own);
  }

  /// The shipped ones. None is read yet.
  public static Profiles shipped() {
    return WITHOUT_OWN;
  }

  /// Adds users' own profiles, each from its file; one with the name of a shipped one that it
  /// extends takes its place.
  ///
  /// @param files in any order; two of one name are a problem
  public static ProfilesReading of(Profiles shipped, List<Path> files) {
    Map<String, Profile> profiles = new HashMap<>(shipped.own);
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

  /// The profile of that name, or the generic one. The first one to ask for a shipped profile waits
  /// until it is read, about a tenth of a second.
  public Profile byName(String name) {
    Profile known = own.get(name);
    return known == null ? shipped(SHIPPED.contains(name) ? name : GENERIC) : known;
  }

  /// The profile that knows nothing but HTTP.
  public Profile generic() {
    return byName(GENERIC);
  }

  /// The names that have a profile, in order.
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(SHIPPED);
    names.addAll(own.keySet());
    return names;
  }

  /// The names of users' own, in order; those that take a shipped one's place too.
  public SortedSet<String> ownNames() {
    return new TreeSet<>(own.keySet());
  }

  /// Whether a name stands for the same profile there.
  public boolean same(String name, Profiles there) {
    return Objects.equals(own.get(name), there.own.get(name));
  }

  private static Profile shipped(String name) {
    Profile known = READ.get(name);
    return known == null ? READ.computeIfAbsent(name, ShippedProfile::read) : known;
  }
}
