package io.tollwatch.proxy.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A secret value that does not show itself: `toString` is masked, and comparing takes the same
/// time wherever the difference is. Immutable.
public final class Secret {

  private final String value;

  public Secret(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("empty secret");
    }
    this.value = value;
  }

  /// The value itself, for the moment of its use.
  public String reveal() {
    return value;
  }

  /// Whether a presented value is this secret.
  public boolean matches(String presented) {
    return MessageDigest.isEqual(bytes(value), bytes(presented));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret.value);
  }

  @Override
  public int hashCode() {
    // No hash of the value, not even a weak one, may end up in a log or a dump.
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
