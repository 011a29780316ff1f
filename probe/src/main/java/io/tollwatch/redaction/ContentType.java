package io.tollwatch.redaction;

import io.tollwatch.attempt.Fields;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/// What a message says of its body: media type in lower case (empty where it says nothing), charset
/// (UTF-8 where none or an unknown one is named), multipart boundary. Immutable.
record ContentType(String media, Charset charset, Optional<String> boundary) {

  static ContentType of(Fields fields) {
    String[] parts = fields.first("Content-Type").orElse("").split(";", -1);
    Charset charset = StandardCharsets.UTF_8;
    Optional<String> boundary = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      if (pair.length < 2) {
        continue;
      }
      String value = unquoted(pair[1].strip());
      switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
        case "charset" -> charset = charset(value);
        case "boundary" -> boundary = Optional.of(value).filter(b -> !b.isEmpty());
        default -> {} // says nothing about how to read the body
      }
    }
    return new ContentType(parts[0].strip().toLowerCase(Locale.ROOT), charset, boundary);
  }

  boolean json() {
    return media.equals("application/json") || media.endsWith("+json");
  }

  boolean xml() {
    return media.equals("application/xml") || media.equals("text/xml") || media.endsWith("+xml");
  }

  boolean form() {
    return media.equals("application/x-www-form-urlencoded");
  }

  boolean multipart() {
    return media.equals("multipart/form-data");
  }

  boolean readable() {
    return media.isEmpty() || media.startsWith("text/") || json() || xml() || form() || multipart();
  }

  /// The bytes as text, without byte order mark, malformed ones replaced.
  String text(byte[] bytes) {
    String text = new String(bytes, bytes.length >= 2 ? marked(bytes[0], bytes[1]) : charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Charset marked(byte first, byte second) {
    int mark = ((first & 0xff) << 8) | (second & 0xff);
    return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : charset;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
