package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Fields;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Which fields pass through: all but those of one hop (RFC 9110, section 7.6.1), those that follow
/// from the body's framing, and `Tollwatch-*`, which only Tollwatch says.
final class EndToEnd {

  private static final Set<String> ONE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private EndToEnd() {}

  /// Of a request: `Host` is the provider's, and `Expect` was answered here.
  static Fields ofRequest(Fields fields) {
    return passing(fields).keep(f -> !f.is("Host") && !f.is("Expect") && !f.is("Content-Length"));
  }

  /// Of an answer. Its `Content-Length` stays: it is the framing's to use.
  static Fields ofAnswer(Fields fields) {
    return passing(fields);
  }

  private static Fields passing(Fields fields) {
    Set<String> named = named(fields);
    return fields.keep(field -> {
      String name = field.name().toLowerCase(Locale.ROOT);
      return !ONE_HOP.contains(name) && !named.contains(name) && !name.startsWith("tollwatch-");
    });
  }

  /// The fields that this hop names as its own.
  private static Set<String> named(Fields fields) {
    if (fields.first("Connection").isEmpty()) {
      return Set.of();
    }
    Set<String> named = new HashSet<>();
    for (String value : fields.values("Connection")) {
      for (String option : value.split(",", -1)) {
        named.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    return named;
  }
}
