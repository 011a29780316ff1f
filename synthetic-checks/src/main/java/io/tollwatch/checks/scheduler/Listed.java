package io.tollwatch.checks.scheduler;

import java.time.Instant;

/// A check as all replicas see it. Immutable.
///
/// @param underWay whether a replica has it: it runs, or is about to
/// @param at when a replica claims it next
public record Listed(String name, Plan plan, boolean underWay, Instant at) {}
