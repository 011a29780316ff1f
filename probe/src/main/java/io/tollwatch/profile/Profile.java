package io.tollwatch.profile;

import java.util.List;
import java.util.function.Supplier;

/// What Tollwatch knows about a kind of gateway. Immutable, thread-safe.
///
/// @param version counts up with every change that may change a verdict
/// @param json whether it always answers in JSON
/// @param routes which calls move money
/// @param errors codes of any answer, the most specific place first
/// @param outcomes what a 2xx to a call that moves money may say; without one of these it is no
///   success
/// @param request where the facts stand in requests
/// @param answer where the facts stand in answers
/// @param hints the first that is given and beats the action found counts
public record Profile(
    String name,
    int version,
    boolean json,
    Routes routes,
    List<CodeTable> errors,
    List<CodeTable> outcomes,
    FactPlaces request,
    FactPlaces answer,
    Amounts amounts,
    Idempotency idempotency,
    List<Hint> hints,
    Secrets secrets) {

  public Profile {
    errors = List.copyOf(errors);
    outcomes = List.copyOf(outcomes);
    hints = List.copyOf(hints);
  }

  /// What a call does.
  ///
  /// @param method as the caller wrote it
  /// @param target path and query as the gateway knows them, without a configured base path
  /// @param body the request body's text, asked for only if the route depends on it; empty text
  ///   where it is not at hand
  /// @param contentType the request's content type, empty if it has none
  public Route route(String method, String target, Supplier<String> body, String contentType) {
    return routes.find(method, target, body, contentType);
  }

  /// Name and version, such as `stripe@1`.
  public String id() {
    return name + "@" + version;
  }
}
