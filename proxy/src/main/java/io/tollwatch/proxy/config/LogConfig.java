package io.tollwatch.proxy.config;

/// The log lines for calls that did not end well. Immutable.
///
/// @param perMinute most lines per minute, the rest are counted; default 60, from 0 to 100000
public record LogConfig(int perMinute) {

  /// The settings where no file says otherwise.
  public static LogConfig defaults() {
    return new LogConfig(60);
  }
}
