package io.tollwatch.redaction;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Redacts header fields: all names stay, values only of those on a list, and these are looked at
/// as any text is. Thread-safe.
final class HeaderRedaction {

  private static final Set<String> ALLOWED =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "accept-ranges",
          "age",
          "allow",
          "cache-control",
          "connection",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "date",
          "etag",
          "expect",
          "expires",
          "host",
          "keep-alive",
          "last-modified",
          "location",
          "content-location",
          "origin-agent-cluster",
          "pragma",
          "prefer",
          "retry-after",
          "server",
          "server-timing",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "vary",
          "via",
          "www-authenticate",
          "proxy-authenticate",
          // which call this is
          "request-id",
          "x-request-id",
          "x-correlation-id",
          "correlation-id",
          "traceparent",
          "tracestate",
          "b3",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-sampled",
          "x-amzn-trace-id",
          "x-amz-cf-id",
          "x-amz-cf-pop",
          "cf-ray",
          "cf-cache-status",
          "x-cache",
          "x-served-by",
          "idempotency-key",
          "idempotent-replayed",
          "x-idempotency-key",
          "original-request",
          // limits
          "ratelimit",
          "ratelimit-policy",
          "ratelimit-limit",
          "ratelimit-remaining",
          "ratelimit-reset",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          // gateways
          "stripe-version",
          "stripe-account",
          "stripe-should-retry",
          "pspreference",
          "transient-error",
          "paypal-debug-id",
          "paypal-request-id",
          "square-version",
          "cko-request-id",
          "cko-version",
          "cko-idempotency-key",
          "x-razorpay-request-id",
          "alipay-request-id",
          "alipay-trace-id",
          "tracer-id",
          "wechatpay-serial",
          "wechatpay-timestamp",
          "x-braintree-request-id",
          "braintree-version",
          "v-c-correlation-id");

  private static final String OWN = "tollwatch-";

  /// So many names are remembered, of so many characters at most: messages repeat theirs.
  private static final int MAX_KNOWN = 2048;

  private static final int MAX_KNOWN_LENGTH = 48;

  /// @param shown the name as it may be kept
  /// @param lower the name without case
  /// @param allowed whether its values may be kept
  /// @param exempt whether a value of one word is kept as it is
  private record Known(String shown, String lower, boolean allowed, boolean exempt) {}

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private final Set<String> added;
  private final SecretNames names;
  private final TextRedaction text;
  private final TargetRedaction target;

  HeaderRedaction(Secrets secrets, SecretNames names, TextRedaction text, TargetRedaction target) {
    this.added =
        secrets.allowedHeaders().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.names = names;
    this.text = text;
    this.target = target;
  }

  Fields redact(Fields raw) {
    List<Field> lines = new ArrayList<>(raw.lines().size());
    for (Field line : raw) {
      Known name = known(line.name());
      lines.add(new Field(name.shown(), name.allowed() ? value(name, line.value()) : Mask.ALL));
    }
    return new Fields(lines);
  }

  private Known known(String name) {
    Known found = known.get(name);
    if (found == null) {
      String lower = name.toLowerCase(Locale.ROOT);
      Rule rule = names.header(lower);
      found = new Known(text.redact(name), lower, allowed(lower, rule), rule == Rule.EXEMPT);
      if (name.length() <= MAX_KNOWN_LENGTH && known.size() < MAX_KNOWN) {
        known.put(name, found);
      }
    }
    return found;
  }

  private boolean allowed(String name, Rule rule) {
    return (ALLOWED.contains(name) || added.contains(name) || name.startsWith(OWN)) && rule.open();
  }

  private String value(Known name, String raw) {
    if (name.exempt() && JsonRedaction.oneWord(raw)) {
      return raw;
    }
    return switch (name.lower()) {
      case "location", "content-location" -> target.redact(raw);
      // parameters of a challenge may be answered with: only the scheme says something
      case "www-authenticate", "proxy-authenticate" ->
          text.redact(Stream.of(raw.strip().split(" ", 2)).findFirst().orElse(""));
      default -> text.redact(raw);
    };
  }
}
