package io.tollwatch.proxy.config;

/// A header field that is set from a secret on each request to a provider; the caller's fields of
/// the same name are replaced. Immutable.
///
/// @param name the field's name as configured; compare without regard to case
/// @param prefix put before the secret, such as `Bearer `; may be empty
/// @param secret the resolved secret, free of control characters
public record SecretHeader(String name, String prefix, Secret secret) {

  /// The field's value, for the moment of sending.
  public String value() {
    return prefix + secret.reveal();
  }
}
