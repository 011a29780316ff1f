package io.tollwatch.redaction;

/// What becomes of e-mail addresses. They are personal data, but no cardholder data, and often the
/// only way to find a customer again: an operator chooses.
public enum Emails {
  /// They stay.
  KEEP,
  /// They are masked as a whole, wherever they stand.
  MASK
}
