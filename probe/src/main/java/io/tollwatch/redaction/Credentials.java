package io.tollwatch.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/// Finds credentials and track data by their shape and masks them. Linear in the text. Publishable
/// keys (`pk_...`) are no secret.
final class Credentials {

  /// The first group is kept.
  private static final Pattern SHAPES =
      Pattern.compile(
          String.join(
              "|",
              "((?i:\\bbearer\\s+)|_secret_)[A-Za-z0-9._~+/=-]+",
              // Basic: an upper-case letter or digit tells it from prose
              "(?i:\\bbasic)\\s+[a-z+/]*[A-Z0-9=][A-Za-z0-9+/=]{7,}",
              "\\b[sr]k_[A-Za-z0-9_-]{4,}",
              "\\bwhsec_[A-Za-z0-9+/=_-]+",
              "\\b(?:live|test|access)_[A-Za-z0-9$_]{20,}",
              "\\baccess_token\\$[A-Za-z0-9$_]+",
              // JWT, JWE, and base64 of any JSON object
              "\\beyJ[A-Za-z0-9_+/=.-]{5,}",
              // keys and certificates in DER, bare
              "\\bMII[A-Za-z0-9+/=\\r\\n]{60,}",
              "(?s:-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\\z))",
              "\\b(?:AKIA|ASIA)[A-Z0-9]{12,}",
              // Adyen API keys end in characters of any kind
              "\\bAQE[^\\s\"'\\\\]{16,}",
              "\\badyen(?:js|an|io)_[^\\s\"'\\\\]+",
              // PayPal and Square access tokens
              "\\b(?:A21AA|EAAA)[A-Za-z0-9_-]{16,}",
              "\\bsq0[a-z]{3}-[A-Za-z0-9_-]{16,}",
              // tracks 1 and 2
              "%?[Bb][0-9 ]{12,23}\\^[^?\\n\"]*\\??",
              "[0-9]{12,19}[=Dd][0-9]{4,}\\??"));

  /// With which characters a shape may begin, or go on where the digits of a track end.
  static final String BEGINNINGS = "_srweltaBbAEM-^=Dd";

  private static final int SHORTEST = 4;

  private Credentials() {}

  static String mask(String text) {
    if (!worthALook(text)) {
      return text;
    }
    Matcher matcher = SHAPES.matcher(text);
    StringBuilder out = null;
    int copied = 0;
    while (matcher.find()) {
      out = out == null ? new StringBuilder(text.length()) : out;
      String kept = matcher.group(1);
      out.append(text, copied, matcher.start()).append(kept == null ? "" : kept).append(Mask.ALL);
      copied = matcher.end();
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /// Whether any shape may begin somewhere: one pass, since most texts hold none.
  private static boolean worthALook(String text) {
    for (int i = 0; i + SHORTEST <= text.length(); i++) {
      if (mayBegin(text, i)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a shape may begin there, or a track be in its middle.
  static boolean mayBegin(String text, int i) {
    if (i + SHORTEST > text.length()) {
      return false;
    }
    return switch (text.charAt(i)) {
      case '_' -> is(text, i, "_secret_");
      case 's' -> is(text, i, "sk_") || is(text, i, "sq0");
      case 'r' -> is(text, i, "rk_");
      case 'w' -> is(text, i, "whsec_");
      case 'e' -> is(text, i, "eyJ");
      case 'l' -> is(text, i, "live_");
      case 't' -> is(text, i, "test_");
      case 'a' -> is(text, i, "access_") || is(text, i, "adyen");
      case 'B', 'b' -> word(text, i);
      case 'A' ->
          is(text, i, "AKIA") || is(text, i, "ASIA") || is(text, i, "AQE") || is(text, i, "A21AA");
      case 'E' -> is(text, i, "EAAA");
      case 'M' -> is(text, i, "MII");
      case '-' -> is(text, i, "-----BEGIN");
      case '^' -> i > CardNumber.MIN_DIGITS;
      case '=', 'D', 'd' -> i >= CardNumber.MIN_DIGITS && digit(text, i - 1) && digit(text, i + 1);
      default -> false;
    };
  }

  /// Nearly always the second character tells.
  private static boolean is(String text, int i, String word) {
    return text.charAt(i + 1) == word.charAt(1) && text.startsWith(word, i);
  }

  private static boolean word(String text, int i) {
    return switch (text.charAt(i + 1)) {
      case 'e', 'E' -> text.regionMatches(true, i, "bearer", 0, 6);
      case 'a', 'A' -> text.regionMatches(true, i, "basic", 0, 5);
      default -> false;
    };
  }

  private static boolean digit(String text, int i) {
    return text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }
}
