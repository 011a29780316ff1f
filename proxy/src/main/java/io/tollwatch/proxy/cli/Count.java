package io.tollwatch.proxy.cli;

/// Numbers of things, as people say them.
final class Count {

  private Count() {}

  /// The number with its noun: `1 exchange`, `2 exchanges`.
  ///
  /// @param noun one whose plural is made by an s
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
