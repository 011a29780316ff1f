package io.tollwatch.taxonomy;

import java.util.Locale;

/// What a call does. GET and HEAD move no money by default; an unknown POST may.
public enum Operation {
  /// Takes or authorises a payment.
  PAY(true),
  /// Takes what was authorised.
  CAPTURE(true),
  /// Gives money back.
  REFUND(true),
  /// Cancels what was authorised.
  VOID(true),
  /// Asks.
  QUERY(false),
  /// Anything else. Whether it may move money is said by the route.
  OTHER(false);

  private final boolean movesMoney;

  Operation(boolean movesMoney) {
    this.movesMoney = movesMoney;
  }

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Operation ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// Whether a call of this kind always may move money.
  public boolean movesMoney() {
    return movesMoney;
  }
}
