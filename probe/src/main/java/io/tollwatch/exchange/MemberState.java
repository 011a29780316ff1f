package io.tollwatch.exchange;

import java.util.Locale;

/// How a provider stands in its channel.
public enum MemberState {
  /// It gets what the channel's strategy gives it.
  IN_USE,
  /// It gets no new payments. What follows up a payment that it took still goes there, and so do
  /// repeats of payments that stand there.
  DRAINED,
  /// It gets a share of traffic, which grows by itself as long as it does no worse than the others.
  CANARY;

  /// The word as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
