package io.tollwatch.proxy.judging;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one HTTP answer as `curl -i` prints it: status line, fields, an empty line, the body.
/// Lines may end in CRLF or LF; interim answers (1xx) before it are passed over. Stateless.
final class RawAnswer {

  private static final int MAX_BYTES = 16 << 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ ([0-9]{3})(?: .*)?");

  private RawAnswer() {}

  static Found read(String place, InputStream in) throws IOException {
    byte[] all = in.readNBytes(MAX_BYTES);
    int at = 0;
    while (at < all.length && Character.isWhitespace(all[at])) {
      at++;
    }
    while (true) {
      List<String> head = new ArrayList<>();
      int end = head(all, at, head);
      Matcher status = STATUS.matcher(head.isEmpty() ? "" : head.getFirst());
      if (!status.matches()) {
        return new Found.Unreadable(
            place, "is no HTTP answer; begin with a line such as HTTP/1.1 402 Payment Required");
      }
      int code = Integer.parseInt(status.group(1));
      if (code >= 200 || end >= all.length) {
        return answer(
            place, code, head, Arrays.copyOfRange(all, Math.min(end, all.length), all.length));
      }
      at = end;
    }
  }

  private static Found answer(String place, int status, List<String> head, byte[] body) {
    List<Field> fields = new ArrayList<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.add(new Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      }
    }
    boolean plain = body.length > 0 && (body[0] == '{' || body[0] == '<');
    return new Found.Answer(
        place,
        Optional.empty(),
        Optional.empty(),
        status,
        plain ? Decoded.fields(new Fields(fields)) : new Fields(fields),
        new CapturedBody(body, body.length, true));
  }

  /// Reads the lines up to an empty one. Gives where the body begins.
  private static int head(byte[] all, int from, List<String> lines) {
    int start = from;
    for (int i = from; i < all.length; i++) {
      if (all[i] == '\n') {
        int end = i > start && all[i - 1] == '\r' ? i - 1 : i;
        if (end == start) {
          return i + 1;
        }
        lines.add(new String(all, start, end - start, StandardCharsets.ISO_8859_1));
        start = i + 1;
      }
    }
    if (start < all.length) {
      lines.add(new String(all, start, all.length - start, StandardCharsets.ISO_8859_1));
    }
    return all.length;
  }
}
