package io.tollwatch.checks.record;

import java.util.regex.Pattern;

/// Knows what was masked before it was kept. Stateless.
final class Masked {

  private static final Pattern CARD = Pattern.compile("[0-9]{4,8}\\*{2,}[0-9]{0,4}");

  private Masked() {}

  static boolean is(String text) {
    return text.contains("***") || CARD.matcher(text).find();
  }
}
