package io.tollwatch.routing;

/// What decides where calls go, together. Immutable; its parts are thread-safe.
public record Switchboard(
    Router router, Gate gate, Payments payments, RetryBudgets budgets, Takers takers) {}
