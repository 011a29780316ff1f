package io.tollwatch.redaction;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    List<Field> lines = raw.lines().stream().map(this::redact).toList();
    return new Fields(lines);
  }

  private Field redact(Field raw) {
    String name = raw.name().toLowerCase(Locale.ROOT);
    return new Field(text.redact(raw.name()), allowed(name) ? value(name, raw.value()) : Mask.ALL);
  }

  private boolean allowed(String name) {
    return (ALLOWED.contains(name) || added.contains(name) || name.startsWith(OWN))
        && names.header(name).open();
  }

  private String value(String name, String raw) {
    if (names.header(name) == Rule.EXEMPT && JsonRedaction.oneWord(raw)) {
      return raw;
    }
    return switch (name) {
      case "location", "content-location" -> target.redact(raw);
      // parameters of a challenge may be answered with: only the scheme says something
      case "www-authenticate", "proxy-authenticate" ->
          text.redact(Stream.of(raw.strip().split(" ", 2)).findFirst().orElse(""));
      default -> text.redact(raw);
    };
  }
}
