package io.tollwatch.proxy.cli;

import io.tollwatch.taxonomy.Money;

/// Colours, where they are wanted. Immutable.
///
/// @param on whether to colour
record Paint(boolean on) {

  String bold(String text) {
    return painted("1", text);
  }

  String faint(String text) {
    return painted("2", text);
  }

  String good(String text) {
    return painted("32", text);
  }

  String bad(String text) {
    return painted("31", text);
  }

  String warn(String text) {
    return painted("33", text);
  }

  String cool(String text) {
    return painted("36", text);
  }

  /// As the money's state deserves.
  String money(Money money, String text) {
    return switch (money) {
      case SUCCEEDED -> good(text);
      case IN_DOUBT -> painted("1;31", text);
      case PENDING -> warn(text);
      case NOT_SENT -> cool(text);
      case REJECTED, NONE -> text;
    };
  }

  private String painted(String code, String text) {
    return on ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
