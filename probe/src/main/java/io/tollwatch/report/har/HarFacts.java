package io.tollwatch.report.har;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.TlsFacts;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.Routing;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.report.write.Millis;
import io.tollwatch.timing.Phase;
import io.tollwatch.verdict.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What HAR has no place for. Immutable.
///
/// @param totalMs the whole attempt; beyond the parts of the format it has `clientMs`, the time
///   spent waiting for our own service, and `ownMs`, Tollwatch's share
/// @param requestBody how much of the body is kept: `whole`, `cut`, `unread`, `expired`
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record HarFacts(
    String exchange,
    String provider,
    Optional<String> channel,
    String operation,
    String origin,
    Optional<String> reference,
    Optional<String> requestId,
    String traceparent,
    Optional<String> repeatOf,
    Optional<String> duplicateOf,
    Optional<String> progress,
    Optional<Judged> verdict,
    Optional<Broken> broken,
    Optional<Integer> clientStatus,
    Optional<BigDecimal> totalMs,
    Optional<BigDecimal> clientMs,
    Optional<BigDecimal> ownMs,
    Optional<Boolean> reusedConnection,
    Optional<String> remoteAddress,
    Optional<Tls> tls,
    String requestBody,
    Optional<String> answerBody,
    List<Decided> decisions,
    List<Resolved> resolutions) {

  /// The verdict.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Judged(
      String category,
      String fault,
      String money,
      String action,
      Optional<String> code,
      Optional<String> message,
      Optional<String> gatewayRequestId,
      boolean slaFault,
      String rule,
      String judgedBy) {

    static Judged of(Verdict verdict) {
      return new Judged(
          verdict.category().word(),
          verdict.fault().word(),
          verdict.money().word(),
          verdict.action().word(),
          verdict.gateway().code(),
          verdict.gateway().message(),
          verdict.gateway().requestId(),
          verdict.slaFault(),
          verdict.rule(),
          verdict.judgedBy());
    }
  }

  /// What secured it.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Tls(String version, String cipher, String certificateExpires) {

    static Tls of(TlsFacts tls) {
      return new Tls(tls.version(), tls.cipher(), tls.certificateExpires().toString());
    }
  }

  /// How it broke.
  record Broken(String breakage, String phase, String detail) {

    static Broken of(Break broken) {
      return new Broken(broken.breakage().word(), broken.phase().word(), broken.detail());
    }
  }

  /// A routing choice.
  record Decided(String decision, String provider, String reason) {

    static Decided of(Decision decision) {
      return new Decided(decision.kind().word(), decision.provider(), decision.reason());
    }
  }

  /// What was learned later of a payment in doubt or pending.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Resolved(
      String at,
      String money,
      String by,
      String reason,
      Optional<String> who,
      Optional<String> evidence) {

    static Resolved of(Resolution resolution) {
      return new Resolved(
          resolution.at().toString(),
          resolution.money().word(),
          resolution.by().word(),
          resolution.reason(),
          resolution.who(),
          resolution.evidence());
    }
  }

  static HarFacts of(Exchange exchange) {
    Intent intent = exchange.intent();
    Optional<Outcome> outcome = exchange.outcome();
    Optional<Outcome> timed = outcome.filter(it -> it.timings().totalNanos() > 0);
    Optional<ConnectionFacts> connection = outcome.map(Outcome::connection);
    return new HarFacts(
        intent.id(),
        intent.provider(),
        intent.routing().map(Routing::channel),
        intent.operation().word(),
        intent.origin().word(),
        intent.correlation().reference(),
        intent.correlation().requestId(),
        intent.correlation().traceparent(),
        intent.repeatOf(),
        intent.duplicateOf(),
        outcome.map(it -> it.progress().word()),
        outcome.map(it -> Judged.of(it.verdict())),
        outcome.flatMap(Outcome::broken).map(Broken::of),
        outcome.map(Outcome::clientStatus),
        timed.map(it -> Millis.of(it.timings().totalNanos())),
        timed.flatMap(it -> it.timings().duration(Phase.CLIENT)).map(it -> Millis.of(it.toNanos())),
        timed.map(it -> Millis.of(it.timings().ownNanos())),
        connection.filter(it -> it.remoteAddress().isPresent()).map(ConnectionFacts::reused),
        connection.flatMap(ConnectionFacts::remoteAddress),
        connection.flatMap(ConnectionFacts::tls).map(Tls::of),
        word(intent.body()),
        outcome.flatMap(Outcome::answer).map(answer -> word(answer.body())),
        decisions(intent, outcome),
        exchange.resolutions().stream().map(Resolved::of).toList());
  }

  private static String word(KeptBody body) {
    return body.state().name().toLowerCase(Locale.ROOT);
  }

  private static List<Decided> decisions(Intent intent, Optional<Outcome> outcome) {
    return Stream.concat(
            intent.routing().stream().flatMap(routing -> routing.decisions().stream()),
            outcome.stream().flatMap(it -> it.decisions().stream()))
        .map(Decided::of)
        .toList();
  }
}
