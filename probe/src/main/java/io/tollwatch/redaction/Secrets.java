package io.tollwatch.redaction;

import java.util.Set;

/// What a profile adds to the secrets that every profile has. Immutable. Names are compared without
/// case, `-` and `_`.
///
/// @param names names of fields whose values are masked wherever they stand: JSON keys, form keys,
///   XML elements and attributes, query parameters
/// @param jsonPaths places whose values are masked, written `$.payment.device.id` or `a.*.b`: `*`
///   is any one name, arrays are seen through; they hold for nested form keys and XML elements too
/// @param exempt places in answers whose values the gateway makes by itself, written
///   `$.pspReference` or `header pspReference`: what looks like a card number there is none. A name
///   that is secret stays masked, and so does whatever is more than one word
/// @param allowedHeaders header fields whose values may be kept besides the usual ones; a name that
///   is secret by itself (`Authorization`, `X-Api-Key`, ...) stays masked
public record Secrets(
    Set<String> names, Set<String> jsonPaths, Set<String> exempt, Set<String> allowedHeaders) {

  private static final Secrets COMMON = new Secrets(Set.of(), Set.of(), Set.of(), Set.of());

  public Secrets {
    names = Set.copyOf(names);
    jsonPaths = Set.copyOf(jsonPaths);
    exempt = Set.copyOf(exempt);
    allowedHeaders = Set.copyOf(allowedHeaders);
  }

  /// The same without exemptions.
  Secrets withoutExempt() {
    return exempt.isEmpty() ? this : new Secrets(names, jsonPaths, Set.of(), allowedHeaders);
  }

  /// Nothing beyond what is always secret.
  public static Secrets common() {
    return COMMON;
  }
}
