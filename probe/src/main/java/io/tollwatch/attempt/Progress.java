package io.tollwatch.attempt;

import java.util.Locale;

/// How far a request got: the fact that P1 reads first. It is taken from whether a write of the
/// request was tried and whether the whole answer was read, never from an exception's class or
/// text.
public enum Progress {
  /// No byte of the request was handed to the connection: the provider can't have it.
  UNSENT,
  /// A write was tried. The provider may have the request, whatever happened next.
  MAYBE_SENT,
  /// A complete answer was read.
  ANSWERED;

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
