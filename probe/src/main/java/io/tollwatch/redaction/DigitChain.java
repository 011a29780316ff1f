package io.tollwatch.redaction;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Set;

/// Groups of digits in a text with up to three separators between one and the next. Confined to one
/// scan.
final class DigitChain {

  private static final int MAX_SEPARATORS = 3;

  private static final Set<String> GROUPS = Set.of("4 4 4 4", "4 6 5", "4 6 4");

  /// Digits of an exponent, leading zeros among them.
  private static final int MAX_EXPONENT = 8;

  private final String text;
  private final int start;
  private final int digits;
  private final int literalEnd;
  private final int end;

  private DigitChain(String text, int start, int digits, int end) {
    this.text = text;
    this.start = start;
    this.digits = digits;
    this.literalEnd = exponentEnd(text, end);
    this.end = Math.max(end, literalEnd);
  }

  /// The chain that begins with the digit there.
  static DigitChain at(String text, int start) {
    int digits = 0;
    int separators = 0;
    int end = start;
    int i = start;
    while (i < text.length() && separators <= MAX_SEPARATORS) {
      int glyph = Glyph.at(text, i);
      i += Glyph.length(glyph);
      if (Glyph.digit(glyph)) {
        digits++;
        separators = 0;
        end = i;
      } else if (Glyph.separator(glyph)) {
        separators++;
      } else {
        break;
      }
    }
    return new DigitChain(text, start, digits, end);
  }

  int end() {
    return end;
  }

  /// All digits of this chain, if it is written as one card number is: in one piece, or in groups
  /// as they stand on cards; else empty.
  String wholeNumber() {
    StringBuilder number = new StringBuilder(CardNumber.MAX_DIGITS);
    StringBuilder groups = new StringBuilder();
    int group = 0;
    for (int i = start; i < end && number.length() <= CardNumber.MAX_DIGITS; ) {
      int glyph = Glyph.at(text, i);
      if (Glyph.digit(glyph)) {
        number.append((char) ('0' + Glyph.kind(glyph)));
        group++;
      } else {
        groups.append(group).append(' ');
        group = 0;
      }
      i += Glyph.length(glyph);
    }
    boolean asOnCards = GROUPS.contains(groups.append(group).toString());
    boolean alone =
        (start == 0 || !Character.isLetter(text.charAt(start - 1)))
            && (end == text.length() || !Character.isLetter(text.charAt(end)));
    return alone && (asOnCards || group == number.length()) && group <= CardNumber.MAX_DIGITS
        ? number.toString()
        : "";
  }

  /// Appends the text from `copied` up to the last card number in this chain, masked; returns where
  /// copying has to go on.
  int mask(StringBuilder out, int copied) {
    if (literalEnd > 0) {
      String masked = literal();
      if (!masked.isEmpty()) {
        out.append(text, copied, start).append(masked);
        return end;
      }
    }
    return digits < CardNumber.MIN_DIGITS ? copied : new Windows().mask(out, copied);
  }

  /// Where a floating-point literal ends whose mantissa is this chain; 0 if it has no exponent.
  private static int exponentEnd(String text, int end) {
    if (end >= text.length() || (text.charAt(end) | 0x20) != 'e') {
      return 0;
    }
    int i = end + 1;
    if (text.startsWith("+", i) || text.startsWith("-", i)) {
      i++;
    }
    int from = i;
    while (i < text.length() && i - from < MAX_EXPONENT && isAsciiDigit(text.charAt(i))) {
      i++;
    }
    boolean ends = i == text.length() || !Character.isLetterOrDigit(text.charAt(i));
    return i > from && ends ? i : 0;
  }

  /// The mask of a literal such as `4.242424242424242E15`; empty if it can't be a card number. One
  /// that was rounded has no valid sum any more, but most of its digits: nothing of it stays.
  private String literal() {
    String literal = text.substring(start, end);
    for (int i = 0; i < literal.length(); i++) {
      if (literal.charAt(i) >= 128 || literal.charAt(i) == '_' || literal.length() > 40) {
        return "";
      }
    }
    try {
      BigDecimal value = new BigDecimal(literal);
      int length = value.precision() - value.scale();
      if (length < CardNumber.MIN_DIGITS || length > CardNumber.MAX_DIGITS) {
        return "";
      }
      String number = value.toBigInteger().toString();
      return CardNumber.plausible(number) ? Mask.card(number) : Mask.ALL;
    } catch (NumberFormatException e) {
      return ""; // separators that no literal has
    }
  }

  private static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// The chain's digits one by one, and where groups begin.
  private final class Windows {

    private final char[] values = new char[digits];
    private final int[] from = new int[digits];
    private final int[] to = new int[digits];
    private final BitSet begins = new BitSet(digits + 1);

    /// Luhn sums up to a digit, with even and with odd places doubled.
    private final int[][] sums = new int[2][digits + 1];

    Windows() {
      int n = 0;
      int i = start;
      boolean begin = true;
      while (n < digits) {
        int glyph = Glyph.at(text, i);
        if (Glyph.digit(glyph)) {
          int digit = Glyph.kind(glyph);
          values[n] = (char) ('0' + digit);
          from[n] = i;
          to[n] = i + Glyph.length(glyph);
          begins.set(n, begin);
          sums[0][n + 1] = sums[0][n] + CardNumber.addend(digit, n % 2 == 0);
          sums[1][n + 1] = sums[1][n] + CardNumber.addend(digit, n % 2 == 1);
          n++;
        }
        begin = !Glyph.digit(glyph);
        i += Glyph.length(glyph);
      }
      begins.set(digits);
      seeThroughLeadingZeros();
    }

    private void seeThroughLeadingZeros() {
      for (int a = 0; a < digits; a = begins.nextSetBit(a + 1)) {
        int next = begins.nextSetBit(a + 1);
        if (next - a > CardNumber.MAX_DIGITS && values[a] == '0') {
          int first = a;
          while (first < next && values[first] == '0') {
            first++;
          }
          begins.set(first);
          if (first == digits) {
            return; // zeros to the end: there is no bit behind it to go on from
          }
          a = first;
        }
      }
    }

    /// Masks each union of overlapping card numbers. If more than one is possible there, nothing of
    /// them stays: what looks like the last four of one may be the security code behind another.
    int mask(StringBuilder out, int copied) {
      int done = copied;
      int first = -1;
      int last = -1;
      boolean one = true;
      for (int a = 0; a < digits; a = begins.nextSetBit(a + 1)) {
        for (int b = begins.nextSetBit(a + 1);
            b >= 0 && b - a <= CardNumber.MAX_DIGITS;
            b = begins.nextSetBit(b + 1)) {
          if (!card(a, b)) {
            continue;
          }
          if (a >= last) {
            done = flush(out, done, first, last, one);
            first = a;
            last = b;
            one = true;
          } else {
            last = Math.max(last, b);
            one = false;
          }
        }
      }
      return flush(out, done, first, last, one);
    }

    private int flush(StringBuilder out, int copied, int first, int last, boolean one) {
      if (first < 0) {
        return copied;
      }
      String masked = one ? Mask.card(new String(values, first, last - first)) : Mask.ALL;
      out.append(text, copied, from[first]).append(masked);
      return to[last - 1];
    }

    private boolean card(int a, int b) {
      int length = b - a;
      if (length < CardNumber.MIN_DIGITS || (sums[b & 1][b] - sums[b & 1][a]) % 10 != 0) {
        return false;
      }
      boolean alone = begins.nextSetBit(a + 1) == b && !letterBefore(a) && !letterAfter(b);
      return (alone && length > CardNumber.MIN_DIGITS)
          || CardNumber.inSchemeRange(new String(values, a, length));
    }

    private boolean letterBefore(int a) {
      return from[a] > 0 && Character.isLetter(text.charAt(from[a] - 1));
    }

    private boolean letterAfter(int b) {
      return to[b - 1] < text.length() && Character.isLetter(text.charAt(to[b - 1]));
    }
  }
}
