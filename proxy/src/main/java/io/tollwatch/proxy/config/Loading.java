package io.tollwatch.proxy.config;

/// What came out of fetching something that the configuration only refers to. Immutable.
sealed interface Loading<T> {

  /// It is here.
  record Loaded<T>(T value) implements Loading<T> {}

  /// It can't be had; the message and the hint never show its content.
  record Failed<T>(String message, String hint) implements Loading<T> {}
}
