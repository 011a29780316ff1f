package io.tollwatch.exchange;

import java.util.Locale;

/// A routing choice with its reason, taken or refused. Immutable.
///
/// @param provider the provider that it is about
/// @param reason one line for people
public record Decision(Kind kind, String provider, String reason) {

  /// What was decided.
  public enum Kind {
    /// The call goes there.
    CHOSEN,
    /// It does not go there now: a breaker is open, or another provider comes first.
    SKIPPED,
    /// It may not go there: the payment may have been taken elsewhere.
    REFUSED,
    /// It went there without being routed: the service made it, and said so afterwards.
    REPORTED;

    /// The word of the design, as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
