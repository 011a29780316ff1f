package io.tollwatch.proxy.config;

/// What happens to a repeat of a payment that the client itself sends.
public enum Duplicates {
  /// It is forwarded as a new exchange, linked and flagged.
  FORWARD,
  /// It is refused with nothing sent.
  REFUSE
}
