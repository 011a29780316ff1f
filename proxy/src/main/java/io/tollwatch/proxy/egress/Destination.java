package io.tollwatch.proxy.egress;

import io.tollwatch.proxy.http1.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Where a request's target leads: to a provider by name, and the rest of the target byte for byte.
///
/// Whatever the target says, the connection goes to the provider's configured host; what could
/// climb out of its base path is refused.
///
/// @param provider the first segment of the path, not yet known to exist
/// @param target what is left, beginning with `/`
record Destination(String provider, String target) {

  private static final int DECODING_ROUNDS = 8;

  /// Reads a target with a provider's name in front.
  static Destination prefixed(String target) throws Refused {
    checkForm(target);
    int end = endOfSegment(target);
    String rest = target.substring(end);
    if (rest.isEmpty() || rest.charAt(0) == '?') {
      rest = "/" + rest;
    }
    checkPath(rest);
    return new Destination(target.substring(1, end), rest);
  }

  /// Reads a target on a listener that has one provider only.
  static Destination of(String provider, String target) throws Refused {
    checkForm(target);
    checkPath(target);
    return new Destination(provider, target);
  }

  private static void checkForm(String target) throws Refused {
    if (target.charAt(0) != '/') {
      throw new Refused(400, "a target that is not a path (RFC 9112, section 3.2.1)");
    }
    if (target.indexOf('#') >= 0) {
      throw new Refused(400, "a fragment in the target");
    }
  }

  private static int endOfSegment(String target) {
    for (int i = 1; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?') {
        return i;
      }
    }
    return target.length();
  }

  /// Servers differ in how often they decode and whether a backslash or a parameter ends a segment,
  /// so every reading counts.
  private static void checkPath(String target) throws Refused {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    for (int round = 0; round < DECODING_ROUNDS; round++) {
      checkSegments(path);
      String next = decoded(path);
      if (next.equals(path)) {
        return;
      }
      path = next;
    }
    throw new Refused(400, "a path that is percent-encoded again and again");
  }

  private static void checkSegments(String path) throws Refused {
    for (String segment : path.replace('\\', '/').split("/", -1)) {
      int parameter = segment.indexOf(';');
      String name = parameter < 0 ? segment : segment.substring(0, parameter);
      if (name.equals(".") || name.equals("..")) {
        throw new Refused(400, "a dot segment in the path");
      }
    }
  }

  private static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder text = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && i + 2 < path.length() && hex(path.charAt(i + 1)) && hex(path.charAt(i + 2))) {
        text.append((char) Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean hex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }

  /// The provider's name as it can be shown: short, lower-case, without anything unprintable.
  String shownProvider() {
    String ascii =
        new String(provider.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.US_ASCII);
    String clean = ascii.replaceAll("[^A-Za-z0-9._-]", "?").toLowerCase(Locale.ROOT);
    return clean.length() > 40 ? clean.substring(0, 40) + "..." : clean;
  }
}
