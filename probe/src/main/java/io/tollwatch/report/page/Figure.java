package io.tollwatch.report.page;

/// One number with its name. Immutable.
///
/// @param grave whether somebody should act on it
public record Figure(String title, Cell value, boolean grave) {}
