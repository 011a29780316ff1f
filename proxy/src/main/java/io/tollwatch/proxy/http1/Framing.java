package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.Fields;
import java.util.List;
import java.util.Locale;

/// Where a request's body ends (RFC 9112, section 6.3).
public sealed interface Framing {

  /// There is none.
  record None() implements Framing {}

  /// After so many bytes, possibly 0.
  record Length(long bytes) implements Framing {}

  /// With the last chunk.
  record Chunked() implements Framing {}

  /// Reads it from the fields. Anything that two readers could understand in two ways is refused.
  static Framing of(Fields fields, boolean http10) throws Refused {
    List<String> codings = fields.values("Transfer-Encoding");
    List<String> lengths = fields.values("Content-Length");
    if (!codings.isEmpty()) {
      return chunked(codings, lengths, http10);
    }
    return switch (lengths.size()) {
      case 0 -> new None();
      case 1 -> new Length(bytes(lengths.getFirst()));
      default -> throw new Refused(400, "more than one Content-Length field");
    };
  }

  private static Framing chunked(List<String> codings, List<String> lengths, boolean http10)
      throws Refused {
    if (!lengths.isEmpty()) {
      throw new Refused(400, "both Transfer-Encoding and Content-Length");
    }
    if (http10) {
      throw new Refused(400, "Transfer-Encoding in HTTP/1.0");
    }
    if (codings.size() > 1 || !codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
      throw new Refused(501, "a transfer coding other than chunked");
    }
    return new Chunked();
  }

  private static long bytes(String value) throws Refused {
    if (value.isEmpty() || value.length() > 18 || !digits(value)) {
      throw new Refused(400, "a Content-Length that is not a number of bytes");
    }
    return Long.parseLong(value);
  }

  private static boolean digits(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
