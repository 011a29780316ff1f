package io.tollwatch.checks.script;

import com.google.re2j.Pattern;
import io.tollwatch.profile.Place;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// One thing that is expected of a step's answer. Immutable.
public sealed interface Assertion {

  /// The HTTP status is one of these.
  record Status(Set<Integer> statuses) implements Assertion {}

  /// The verdict's category is one of these.
  record CategoryIs(Set<Category> categories) implements Assertion {}

  /// The verdict's money is one of these.
  record MoneyIs(Set<Money> money) implements Assertion {}

  /// The text at a place is one of these.
  record Says(Place place, List<Template> texts) implements Assertion {}

  /// The text at a place matches as a whole.
  record Matches(Place place, Pattern pattern) implements Assertion {}

  /// Something but null stands at a place.
  record Present(Place place) implements Assertion {}

  /// Nothing, or null, stands at a place.
  record Absent(Place place) implements Assertion {}

  /// The pattern is found in the body.
  record BodyHas(Pattern pattern) implements Assertion {}

  /// The amount that the answer says, in minor units.
  record Amount(Template minor) implements Assertion {}

  /// The whole step took no longer.
  record Within(Duration limit) implements Assertion {}

  /// A phase took no longer; one that did not happen took no time.
  record PhaseWithin(Phase phase, Duration limit) implements Assertion {}

  /// The certificate chain is valid for so many days at least.
  record TlsDaysLeft(int days) implements Assertion {}
}
