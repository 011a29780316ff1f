package io.tollwatch.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/// Redacts `multipart/form-data`. Thread-safe. Files are left out, as everything is that has no
/// header of its own.
final class MultipartRedaction {

  private static final String DISPOSITION = "Content-Disposition:";

  /// RFC 2046, section 5.1.1, and the two dashes.
  private static final int MAX_BOUNDARY = 72;

  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"?([^\";\\r\\n]*)");
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)filename|content-transfer-encoding|content-type:\\s*(?:[^t\\s]|te?[^ex])");

  private final SecretNames names;
  private final TextRedaction text;
  private final JsonRedaction json;

  MultipartRedaction(SecretNames names, TextRedaction text, JsonRedaction json) {
    this.names = names;
    this.text = text;
    this.json = json;
  }

  /// The boundary of a text that is multipart by its own look.
  static Optional<String> boundary(String content) {
    int end = content.startsWith("--") ? content.indexOf("\r\n") : -1;
    boolean parts =
        end > 2
            && end <= MAX_BOUNDARY
            && content.regionMatches(true, end + 2, DISPOSITION, 0, DISPOSITION.length());
    return parts ? Optional.of(content.substring(2, end)) : Optional.empty();
  }

  String redact(String raw, String boundary) {
    String delimiter = "--" + boundary;
    StringBuilder out = new StringBuilder(raw.length());
    int at = raw.indexOf(delimiter);
    while (at >= 0) {
      int start = at + delimiter.length();
      int next = raw.indexOf(delimiter, start);
      part(
          raw.substring(start, next < 0 ? raw.length() : next), out.append(text.redact(delimiter)));
      at = next;
    }
    return out.toString();
  }

  private void part(String raw, StringBuilder out) {
    if (raw.startsWith("--")) {
      out.append("--\r\n"); // the end
      return;
    }
    int head = raw.indexOf("\r\n\r\n");
    String fields = head < 0 ? "" : raw.substring(0, head);
    Matcher name = NAME.matcher(fields);
    if (!name.find()) {
      out.append("\r\n\r\n").append(Mask.ALL).append("\r\n");
      return;
    }
    List<String> path = FormNames.path(name.group(1));
    String body = raw.substring(head + 4).stripTrailing();
    String kept = FILE.matcher(fields).find() ? Mask.ALL : json.value(names.rule(path), body);
    out.append(text.redact(fields)).append("\r\n\r\n").append(kept).append("\r\n");
  }
}
