package io.tollwatch.checks.script;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profile;

/// A provider as far as a script is checked against it. Immutable; does not show its fields.
///
/// @param host where it is
/// @param injected fields that are set on each request; secret
/// @param callable whether its webhooks can reach us
public record Entry(Profile profile, String host, Fields injected, boolean callable) {

  /// One that can't call here.
  public Entry(Profile profile, String host, Fields injected) {
    this(profile, host, injected, false);
  }

  /// Whether a host is an address, so that there is no name to ask for.
  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /// Without the secret fields.
  @Override
  public String toString() {
    return "Entry[" + profile.name() + ", " + host + "]";
  }
}
