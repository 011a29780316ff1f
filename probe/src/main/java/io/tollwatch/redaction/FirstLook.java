package io.tollwatch.redaction;

/// What one pass over a text tells of it: which of the closer looks may find anything. Most values
/// give no sign at all, and each closer look would read them again. Stateless. A sign too many only
/// costs time; one too few would keep a secret, so each is what the look itself begins with.
final class FirstLook {

  /// No look finds anything.
  static final int NOTHING = 0;

  /// Whatever it holds.
  static final int ALL = -1;

  /// What stands behind a name or in an element.
  static final int NAMED = 1;

  static final int CREDENTIAL = 1 << 1;
  static final int BASE64 = 1 << 2;
  static final int ACCOUNT = 1 << 3;
  static final int CARD = 1 << 4;
  static final int EMAIL = 1 << 5;

  /// Kinds of characters.
  private static final int LETTER = 1;

  private static final int DIGIT = 1 << 1;

  /// May follow a country's two letters.
  private static final int CHECK = 1 << 2;

  private static final int SEXTET = 1 << 3;
  private static final int MARK = 1 << 4;
  private static final int AT = 1 << 5;

  /// May begin a credential, or stand in the middle of a track.
  private static final int BEGIN = 1 << 6;

  private static final int EXPONENT = 1 << 7;

  /// In base64 may begin three bytes of readable text.
  private static final int LOW_SEXTET = 1 << 8;

  /// Beyond ASCII there are digits of many scripts.
  private static final int FOREIGN = DIGIT | CHECK;

  private static final int RARE = MARK | AT | BEGIN | EXPONENT;

  private static final short[] KINDS = kinds();

  private FirstLook() {}

  /// The signs that a text gives.
  static int at(String text) {
    int seen = NOTHING;
    int digits = 0;
    int letters = 0;
    int run = 0;
    int lows = 0; // of the run's last characters, a bit for each
    int pairs = 0;
    boolean longRun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int kind = c < 128 ? KINDS[c] : FOREIGN;
      if ((kind & SEXTET) == 0) {
        run = 0;
        lows = 0;
      } else {
        longRun |= ++run == Base64Values.MIN_CHARS;
        lows = lows << 1 | (kind & LOW_SEXTET);
        pairs |= lows & lows >>> Base64Values.GROUP_CHARS;
      }
      if ((kind & RARE) != 0) {
        seen |= rare(text, i, kind);
      }
      if ((kind & LETTER) != 0) {
        letters++;
      } else {
        // a country is two letters, and no more
        seen |= letters == 2 && (kind & CHECK) != 0 ? ACCOUNT : NOTHING;
        letters = 0;
        digits += (kind & DIGIT) != 0 ? 1 : 0;
      }
    }
    if (longRun && pairs != 0) {
      seen |= BASE64; // text shows as two groups in a row, in a long run or in its last line
    }
    return digits < CardNumber.MIN_DIGITS ? seen : seen | CARD;
  }

  private static int rare(String text, int i, int kind) {
    int seen = (kind & MARK) != 0 ? NAMED : (kind & AT) != 0 ? EMAIL : NOTHING;
    if ((kind & BEGIN) != 0 && Credentials.mayBegin(text, i)) {
      seen |= CREDENTIAL;
    }
    return (kind & EXPONENT) != 0 && CardNumbers.exponent(text, i) ? seen | CARD : seen;
  }

  private static short[] kinds() {
    short[] kinds = new short[128];
    for (char c = 'a'; c <= 'z'; c++) {
      add(kinds, LETTER | SEXTET, c, Character.toUpperCase(c));
    }
    for (char c = '0'; c <= '9'; c++) {
      add(kinds, DIGIT | CHECK | SEXTET, c);
    }
    add(kinds, SEXTET, '+', '/', '-', '_');
    for (char c = 0; c < 128; c++) {
      if (Base64Values.mayBegin(c)) {
        add(kinds, LOW_SEXTET, c);
      }
    }
    add(kinds, CHECK, '%');
    add(kinds, MARK, ':', '=', '<');
    add(kinds, AT, '@');
    add(kinds, EXPONENT, 'e', 'E');
    add(kinds, BEGIN, Credentials.BEGINNINGS.toCharArray());
    return kinds;
  }

  private static void add(short[] kinds, int kind, char... characters) {
    for (char c : characters) {
      kinds[c] |= (short) kind;
    }
  }
}
