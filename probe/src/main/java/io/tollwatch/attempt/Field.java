package io.tollwatch.attempt;

/// One header field line as it stood on the wire. Immutable. The name keeps its case; compare names
/// without it (RFC 9110, section 5.1).
public record Field(String name, String value) {

  /// Whether this is a field of that name.
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
