package io.tollwatch.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/// Finds base64 (RFC 4648, both alphabets, padded or not, in lines or not) that hides something and
/// masks it as a whole. Thread-safe. Linear in the text: each run of base64 is decoded at most once
/// for each of the four places where it may begin, since names and paths are written in the same
/// alphabet and nothing says where the value starts.
final class Base64Values {

  /// Nothing shorter is told from a word: `cvc=123` has ten characters.
  static final int MIN_CHARS = 10;

  /// So many stand for three bytes.
  static final int GROUP_CHARS = 4;

  /// A longer run that may be readable text is masked undecoded.
  private static final int MAX_CHARS = 16 * 1024;

  /// Shorter lines are words below each other; MIME has 76, PEM 64.
  private static final int MIN_LINE = 60;

  /// So many groups of three printable bytes in a row are no chance any more.
  private static final int SURE_GROUPS = 4;

  /// Between one line and the next there are no more characters.
  private static final int MAX_GAP = 8;

  private static final String BREAKS = "\r\n \t";
  private static final byte NONE = -1;
  private static final byte[] SEXTETS = sextets();

  private final Predicate<String> secret;

  /// @param secret whether a decoded text shows something to be masked; bytes are its characters
  Base64Values(Predicate<String> secret) {
    this.secret = secret;
  }

  String mask(String text) {
    StringBuilder out = null;
    int copied = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && sextet(text.charAt(i)) != NONE) {
        continue;
      }
      if (i - from >= MIN_CHARS) {
        i = runEnd(text, from, i);
        if (hides(text, from, i)) {
          out = out == null ? new StringBuilder(text.length()) : out;
          out.append(text, copied, from).append(Mask.ALL);
          copied = paddingEnd(text, i);
          i = copied - 1;
        }
      }
      from = i + 1;
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /// Whether a text holds a run that is surely base64 of text: where nobody decodes any more, it
  /// must be taken for a secret.
  static boolean nested(String text) {
    int[] groups = new int[4];
    for (int i = 0; i + 4 <= text.length(); i++) {
      groups[i & 3] = printable(group(text, i)) ? groups[i & 3] + 1 : 0;
      if (groups[i & 3] >= SURE_GROUPS) {
        return true;
      }
    }
    return false;
  }

  /// Where the line of base64 in lines begins after which the next one would stand there; that
  /// place itself if there is none.
  static int lineBefore(String text, int next) {
    int end = next;
    while (end > 0 && next - end < MAX_GAP && BREAKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int from = end;
    while (from > 0 && sextet(text.charAt(from - 1)) != NONE) {
      from--;
    }
    return end < next && end - from >= MIN_LINE ? from : next;
  }

  private boolean hides(String text, int from, int to) {
    int starts = starts(text, from, to);
    if (starts == 0 || to - from > MAX_CHARS) {
      return starts != 0;
    }
    byte[] run = run(text, from, to);
    for (int start = 0; start < 4; start++) {
      if ((starts >> start & 1) == 0) {
        continue;
      }
      String decoded = decode(run, start);
      if ((start == 0 && structure(decoded)) || secret.test(decoded)) {
        return true;
      }
    }
    return false;
  }

  /// JSON or markup: whatever it says, it is a message of its own.
  private static boolean structure(String decoded) {
    int printable = 0;
    while (printable < decoded.length() && printable < 9 && printable(decoded.charAt(printable))) {
      printable++;
    }
    if (printable < 9) {
      return false;
    }
    char second = decoded.charAt(1);
    return switch (decoded.charAt(0)) {
      case '{', '[' -> true;
      case '<' -> Character.isLetter(second) || second == '?' || second == '!';
      default -> false;
    };
  }

  /// From which of the first four characters on two groups in a row decode to printable text in one
  /// line, as a set of bits.
  private static int starts(String text, int from, int to) {
    int starts = 0;
    int sextets = 0;
    for (int i = from; i + 2 * GROUP_CHARS <= to; i++) {
      char c = text.charAt(i);
      if (sextet(c) == NONE) {
        i += c == '\\' ? 1 : 0; // a line end as an escape
        continue;
      }
      if (mayBegin(c)
          && mayBegin(text.charAt(i + GROUP_CHARS))
          && printable(group(text, i))
          && printable(group(text, i + GROUP_CHARS))) {
        starts |= 1 << (sextets & 3);
      }
      sextets++;
    }
    return starts;
  }

  /// Whether three bytes of readable text may begin with this one: no character of ASCII begins
  /// with the sextets of the others.
  static boolean mayBegin(char c) {
    byte sextet = sextet(c);
    return sextet != NONE && sextet < 32;
  }

  private static int group(String text, int i) {
    return sextet(text.charAt(i)) << 18
        | sextet(text.charAt(i + 1)) << 12
        | sextet(text.charAt(i + 2)) << 6
        | sextet(text.charAt(i + 3));
  }

  private static boolean printable(int group) {
    return group >= 0
        && printable((char) (group >> 16))
        && printable((char) (group >> 8 & 0xff))
        && printable((char) (group & 0xff));
  }

  /// Zero bytes are every second one of a text in UTF-16.
  private static boolean printable(char c) {
    return (c >= ' ' && c < 127) || c == '\t' || c == '\n' || c == '\r' || c == 0;
  }

  private static String decode(byte[] run, int start) {
    int sextets = run.length - start;
    byte[] bytes = new byte[sextets * 3 / 4];
    int n = 0;
    for (int i = start; i + 1 < run.length; i += 4) {
      int group = 0;
      for (int k = 0; k < 4; k++) {
        group = group << 6 | (i + k < run.length ? run[i + k] : 0);
      }
      for (int shift = 16; shift >= 0 && n < bytes.length; shift -= 8) {
        byte b = (byte) (group >> shift);
        if (b != 0) {
          bytes[n++] = b;
        }
      }
    }
    return new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
  }

  private static byte[] run(String text, int from, int to) {
    byte[] run = new byte[to - from];
    int n = 0;
    for (int i = from; i < to; i++) {
      byte sextet = sextet(text.charAt(i));
      if (sextet != NONE) {
        run[n++] = sextet;
      } else if (text.charAt(i) == '\\') {
        i++; // a line end as an escape
      }
    }
    return n == run.length ? run : Arrays.copyOf(run, n);
  }

  /// Where the base64 ends that goes on to there: a line end after a long line does not end it.
  static int runEnd(String text, int from, int lineEnd) {
    int line = from;
    int end = lineEnd;
    while (end - line >= MIN_LINE) {
      line = lineStart(text, end);
      int i = line;
      while (i < text.length() && sextet(text.charAt(i)) != NONE) {
        i++;
      }
      if (line == end || i == line) {
        break;
      }
      end = i;
    }
    return end;
  }

  /// Where the next line may begin: behind line ends, written as such, as escapes, or as the blanks
  /// that XML makes of them.
  private static int lineStart(String text, int end) {
    int i = end;
    while (i < text.length() && i - end < MAX_GAP) {
      char c = text.charAt(i);
      if (BREAKS.indexOf(c) >= 0) {
        i++;
      } else if (c == '\\' && (text.startsWith("r", i + 1) || text.startsWith("n", i + 1))) {
        i += 2;
      } else {
        break;
      }
    }
    return i;
  }

  private static int paddingEnd(String text, int end) {
    int i = end;
    while (i < text.length() && i < end + 2 && text.charAt(i) == '=') {
      i++;
    }
    return i;
  }

  private static byte sextet(char c) {
    return c < 128 ? SEXTETS[c] : NONE;
  }

  private static byte[] sextets() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    byte[] sextets = new byte[128];
    Arrays.fill(sextets, NONE);
    for (byte value = 0; value < 64; value++) {
      sextets[alphabet.charAt(value)] = value;
    }
    sextets['-'] = 62;
    sextets['_'] = 63;
    return sextets;
  }
}
