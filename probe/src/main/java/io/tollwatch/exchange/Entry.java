package io.tollwatch.exchange;

/// What the ledger's journal keeps, in the order in which it happened. Immutable, redacted.
public sealed interface Entry
    permits Intent, Outcome, Resolution, BreakerChange, ChannelChange, TestMoney {}
