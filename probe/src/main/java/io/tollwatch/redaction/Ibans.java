package io.tollwatch.redaction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Finds bank account numbers (IBAN, ISO 13616) by their check digits and masks them down to
/// country and last four. Linear in the text.
///
/// A country of the registry must have its length; of any other, a word of 15 to 34 letters and
/// digits is taken, so that a country that joins needs no release.
final class Ibans {

  private static final int MIN_CHARS = 15;
  private static final int MAX_CHARS = 34;
  private static final int MAX_SEPARATORS = 3;
  private static final int LAST = 4;

  private static final Map<String, Integer> LENGTHS =
      lengths(
          """
          AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27
          DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28
          IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
          MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
          SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
          """);

  private Ibans() {}

  static String mask(String text) {
    StringBuilder out = null;
    int copied = 0;
    for (int i = 0; i + MIN_CHARS <= text.length(); i++) {
      int end = mayBegin(text, i) ? end(text, i) : 0;
      if (end > 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, i);
        copied = append(out, text, i, end);
        i = copied - 1;
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /// Appends the mask and returns up to where it stands for the text. If more digits follow,
  /// nothing stays: these may be the rest of something else.
  private static int append(StringBuilder out, String text, int from, int end) {
    int i = end;
    for (int n = 0; i < text.length() && n <= MAX_SEPARATORS; n++) {
      int glyph = Glyph.at(text, i);
      if (Glyph.digit(glyph)) {
        out.append(Mask.ALL);
        return DigitChain.at(text, i).end();
      }
      if (!Glyph.separator(glyph)) {
        break;
      }
      i += Glyph.length(glyph);
    }
    out.append(text, from, from + 2).append(Mask.iban(last(text, end)));
    return end;
  }

  /// The last four letters and digits before that place.
  private static String last(String text, int end) {
    StringBuilder last = new StringBuilder(LAST);
    for (int i = end - 1; last.length() < LAST; i--) {
      char c = text.charAt(i);
      if (letter(c) || Character.digit(c, 10) >= 0) {
        last.append(c);
      }
    }
    return last.reverse().toString();
  }

  private static boolean mayBegin(String text, int i) {
    char third = text.charAt(i + 2);
    return ((third >= '0' && third <= '9') || third == '%' || third >= 128)
        && letter(text.charAt(i))
        && letter(text.charAt(i + 1))
        && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
        && Glyph.digit(Glyph.at(text, i + 2));
  }

  /// Where the number ends that begins there; 0 if there is none.
  private static int end(String text, int from) {
    String country = text.substring(from, from + 2).toUpperCase(Locale.ROOT);
    int exact = LENGTHS.getOrDefault(country, 0);
    int check = 0;
    int remainder = 0;
    int length = 2;
    int end = 0;
    int i = from + 2;
    boolean separated = false;
    while (i < text.length() && length < (exact > 0 ? exact : MAX_CHARS)) {
      int glyph = Glyph.at(text, i);
      int value = value(text, i, glyph);
      if (value >= 0 && (!separated || length >= 4)) {
        if (length < 4) {
          if (value > 9) {
            return 0;
          }
          check = 10 * check + value;
        } else {
          remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        length++;
        separated = false;
      } else if (Glyph.separator(glyph) && !separated && exact > 0) {
        separated = true;
      } else {
        break;
      }
      i += Glyph.length(glyph);
      end = value >= 0 ? i : end;
    }
    boolean complete = exact > 0 ? length == exact : length >= MIN_CHARS;
    boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    return complete && ends && valid(remainder, country, check) ? end : 0;
  }

  /// ISO 7064, MOD 97-10: country and check digits come last.
  private static boolean valid(int remainder, String country, int check) {
    int first = country.charAt(0) - 'A' + 10;
    int second = country.charAt(1) - 'A' + 10;
    int all = (remainder * 100 + first) % 97;
    all = (all * 100 + second) % 97;
    return (all * 100 + check) % 97 == 1;
  }

  private static int value(String text, int i, int glyph) {
    if (Glyph.digit(glyph)) {
      return Glyph.kind(glyph);
    }
    char c = text.charAt(i);
    return letter(c) ? (c | 0x20) - 'a' + 10 : -1;
  }

  private static boolean letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static Map<String, Integer> lengths(String rows) {
    Map<String, Integer> lengths = new HashMap<>();
    for (String row : rows.strip().split("\\s+", -1)) {
      lengths.put(row.substring(0, 2), Integer.valueOf(row.substring(2)));
    }
    return Map.copyOf(lengths);
  }
}
