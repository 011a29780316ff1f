package io.tollwatch.redaction;

/// A redacted text.
///
/// @param whole whether it is all of the text; else its beginning, up to where it broke
record Redacted(String text, boolean whole) {}
