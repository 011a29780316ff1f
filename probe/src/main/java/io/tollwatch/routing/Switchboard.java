package io.tollwatch.routing;

/// What decides where calls go, together. Immutable; its parts are thread-safe.
///
/// @param shared the claims that other sidecars see too
public record Switchboard(
    Router router,
    Gate gate,
    Payments payments,
    RetryBudgets budgets,
    Takers takers,
    SharedClaims shared) {

  /// Of a sidecar that shares its payments with none.
  public Switchboard(
      Router router, Gate gate, Payments payments, RetryBudgets budgets, Takers takers) {
    this(router, gate, payments, budgets, takers, SharedClaims.none());
  }
}
