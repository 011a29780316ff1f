package io.tollwatch.dispatch;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells which header fields are a caller's credentials. They never reach a provider of a channel:
/// the caller made them for one account, and each provider has its own. Stateless.
final class CallerCredentials {

  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "cookie",
          "client-id",
          "client-cert",
          "proxy-authorization",
          "x-login",
          "x-trans-key");

  /// What is in the name of other gateways' credentials, with `-` and `_` left out.
  private static final List<String> PARTS =
      List.of(
          "apikey",
          "accesskey",
          "secret",
          "password",
          "passwd",
          "credential",
          "signature",
          "authtoken",
          "accesstoken",
          "authorization",
          "authassertion");

  private static final List<String> ENDINGS = List.of("token", "hmac");

  private CallerCredentials() {}

  static boolean has(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.replace("-", "").replace("_", "");
    return NAMES.contains(lower)
        || PARTS.stream().anyMatch(plain::contains)
        || ENDINGS.stream().anyMatch(plain::endsWith);
  }
}
