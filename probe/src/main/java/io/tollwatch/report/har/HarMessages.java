package io.tollwatch.report.har;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.timing.PhaseTimings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes entries of exchanges. Immutable.
///
/// @param urls the base URL of a provider, where it is known: the ledger keeps only what follows it
record HarMessages(Function<String, Optional<String>> urls) {

  private static final String HTTP = "HTTP/1.1";
  private static final long UNKNOWN = -1;
  private static final PhaseTimings NO_TIMINGS = new PhaseTimings(List.of(), 0);

  HarEntry entry(Exchange exchange) {
    Optional<Outcome> outcome = exchange.outcome();
    HarTimings timings = HarTimings.of(outcome.map(Outcome::timings).orElse(NO_TIMINGS));
    return new HarEntry(
        exchange.intent().startedAt().toString(),
        timings.time(),
        request(exchange.intent()),
        response(outcome),
        new HarEntry.Cache(),
        timings.parts(),
        outcome.flatMap(it -> it.connection().remoteAddress()).map(HarMessages::withoutPort),
        HarFacts.of(exchange));
  }

  private HarEntry.Request request(Intent intent) {
    KeptBody body = intent.body();
    return new HarEntry.Request(
        intent.method(),
        url(intent),
        HTTP,
        List.of(),
        pairs(intent.fields()),
        query(intent.target()),
        body.totalBytes() == 0 && body.text().isEmpty()
            ? Optional.empty()
            : Optional.of(new HarEntry.PostData(type(intent.fields()), body.text())),
        UNKNOWN,
        body.totalBytes());
  }

  private static HarEntry.Response response(Optional<Outcome> outcome) {
    Optional<Answer> answer = outcome.flatMap(Outcome::answer);
    Fields fields = answer.map(Answer::fields).orElse(Fields.none());
    return new HarEntry.Response(
        answer.map(Answer::status).orElse(0),
        "",
        answer.isPresent() ? HTTP : "",
        List.of(),
        pairs(fields),
        answer
            .map(it -> content(it.body(), type(fields)))
            .orElseGet(
                () -> new HarEntry.Content(0, type(fields), Optional.empty(), Optional.empty())),
        fields.first("Location").orElse(""),
        UNKNOWN,
        answer.map(it -> it.body().totalBytes()).orElse(UNKNOWN),
        outcome.flatMap(Outcome::broken).map(broken -> broken.breakage().word()));
  }

  private static HarEntry.Content content(KeptBody body, String type) {
    int kept = body.text().getBytes(StandardCharsets.UTF_8).length;
    return switch (body.state()) {
      case WHOLE -> new HarEntry.Content(kept, type, Optional.of(body.text()), Optional.empty());
      case CUT ->
          new HarEntry.Content(
              body.totalBytes(), type, Optional.of(body.text()), Optional.of("its beginning only"));
      case UNREAD ->
          new HarEntry.Content(
              body.totalBytes(),
              type,
              Optional.empty(),
              Optional.of("not kept: can't be read safely"));
      case EXPIRED ->
          new HarEntry.Content(
              body.totalBytes(), type, Optional.empty(), Optional.of("no longer kept"));
    };
  }

  /// An unknown provider's host is one that is sure not to exist (RFC 2606).
  private String url(Intent intent) {
    String base = urls.apply(intent.provider()).orElse("https://" + intent.provider() + ".invalid");
    String begun = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    String target = intent.target();
    return begun + (target.startsWith("/") ? target : "/" + target);
  }

  private static List<HarEntry.Pair> query(String target) {
    int mark = target.indexOf('?');
    List<HarEntry.Pair> pairs = new ArrayList<>();
    if (mark >= 0) {
      for (String each : target.substring(mark + 1).split("&", -1)) {
        int equals = each.indexOf('=');
        String name = equals < 0 ? each : each.substring(0, equals);
        String value = equals < 0 ? "" : each.substring(equals + 1);
        if (!each.isEmpty()) {
          pairs.add(new HarEntry.Pair(decoded(name), decoded(value)));
        }
      }
    }
    return pairs;
  }

  /// What can't be decoded stays as it is.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static List<HarEntry.Pair> pairs(Fields fields) {
    return fields.lines().stream()
        .map(field -> new HarEntry.Pair(field.name(), field.value()))
        .toList();
  }

  private static String type(Fields fields) {
    return fields.first("Content-Type").orElse("application/octet-stream");
  }

  private static String withoutPort(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
