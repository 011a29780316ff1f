package io.tollwatch.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What stands in one place of a table. Immutable.
public sealed interface Cell {

  /// Words, perhaps from outside.
  record Text(String text) implements Cell {}

  /// What something is found by: an exchange's id, a code.
  record Code(String text) implements Cell {}

  /// A number of things.
  record Count(long number) implements Cell {}

  /// A part of a whole, mostly 0 to 1.
  record Share(double share) implements Cell {}

  /// The share of calls for which something was there, 0 to 1: what a target promises.
  record Available(double share) implements Cell {}

  /// By how much a share changed, -1 to 1.
  record Change(double points) implements Cell {}

  /// How likely something is, 0 to 1.
  record Chance(double chance) implements Cell {}

  /// How long something took.
  record Took(Duration duration) implements Cell {}

  /// How old something is.
  record Age(Duration duration) implements Cell {}

  /// When something was.
  record At(Instant time) implements Cell {}

  /// An amount of money.
  ///
  /// @param minor in minor units
  /// @param currency three letters
  record Amount(long minor, String currency) implements Cell {}

  /// Nothing.
  record Absent() implements Cell {}

  /// Words, or nothing.
  static Cell text(Optional<String> text) {
    return text.<Cell>map(Text::new).orElseGet(Absent::new);
  }

  /// A code, or nothing.
  static Cell code(Optional<String> text) {
    return text.<Cell>map(Code::new).orElseGet(Absent::new);
  }

  /// A time, or nothing.
  static Cell at(Optional<Instant> time) {
    return time.<Cell>map(At::new).orElseGet(Absent::new);
  }

  /// A share, or nothing.
  static Cell share(OptionalDouble share) {
    return share.isPresent() ? new Share(share.getAsDouble()) : new Absent();
  }

  /// A chance, or nothing.
  static Cell chance(OptionalDouble chance) {
    return chance.isPresent() ? new Chance(chance.getAsDouble()) : new Absent();
  }

  /// An amount, or nothing.
  static Cell amount(OptionalLong minor, Optional<String> currency) {
    return minor.isPresent() && currency.isPresent()
        ? new Amount(minor.getAsLong(), currency.get())
        : new Absent();
  }
}
