package io.tollwatch.redaction;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as it is found: what is no escape (RFC 3986, section 2.1), or none of UTF-8,
/// stands for itself. `%B4242...` is more often a card's first track than a letter.
final class Percent {

  private Percent() {}

  /// The text behind an encoded one.
  ///
  /// @param plusIsBlank whether this is a form or a query, where `+` is a blank
  static String decode(String raw, boolean plusIsBlank) {
    if (raw.indexOf('%') < 0) {
      return plusIsBlank ? raw.replace('+', ' ') : raw;
    }
    StringBuilder out = new StringBuilder(raw.length());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < raw.length()) {
      int octet = octet(raw, i);
      if (octet >= 0) {
        bytes.write(octet);
        i += 3;
        continue;
      }
      flush(bytes, raw, i, out);
      char c = raw.charAt(i);
      out.append(plusIsBlank && c == '+' ? ' ' : c);
      i++;
    }
    flush(bytes, raw, i, out);
    return out.toString();
  }

  /// A text fit for any place in a target or a form; masks stay readable.
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int octet(String raw, int i) {
    if (raw.charAt(i) != '%' || i + 2 >= raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(i + 1), 16);
    int low = Character.digit(raw.charAt(i + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static void flush(ByteArrayOutputStream bytes, String raw, int end, StringBuilder out) {
    if (bytes.size() == 0) {
      return;
    }
    try {
      ByteBuffer octets = ByteBuffer.wrap(bytes.toByteArray());
      out.append(StandardCharsets.UTF_8.newDecoder().decode(octets));
    } catch (CharacterCodingException e) {
      out.append(raw, end - 3 * bytes.size(), end);
    }
    bytes.reset();
  }
}
