package io.tollwatch.checks.script;

/// What an assertion came to. Immutable; what was found is redacted and cut.
///
/// @param expected in words
/// @param found in words
public record Finding(String expected, String found, boolean holds) {}
