package io.tollwatch.proxy.telemetry;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.TlsFacts;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A call that came to its end, as observers are told of it.
record Settled(Intent intent, Outcome outcome) {

  static final Instant START = Instant.parse("2026-03-01T10:00:10Z");
  static final String EARLIER = "01JQ0000000000000000000000";

  static Settled call(String target, Category category) {
    boolean broken = category == Category.ANSWER_LOST || category == Category.NOT_SENT;
    Intent intent =
        new Intent(
            "01JQ0000000000000000000001",
            START,
            Origin.LIVE,
            "stripe",
            "stripe",
            Operation.PAY,
            true,
            "POST",
            target,
            Fields.none(),
            KeptBody.empty(),
            new Correlation(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Optional.empty(),
                Optional.of("order-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Handles.none(),
                Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Outcome outcome =
        new Outcome(
            intent.id(),
            broken ? Progress.MAYBE_SENT : Progress.ANSWERED,
            broken
                ? Optional.of(new Break(Breakage.RESPONSE_TIMEOUT, Phase.WAIT, "nothing came"))
                : Optional.empty(),
            broken
                ? Optional.empty()
                : Optional.of(new Answer(200, Fields.none(), KeptBody.empty())),
            new PhaseTimings(
                List.of(
                    new PhaseSpan(Phase.SEND, 0, 2_000_000, 2_000_000),
                    new PhaseSpan(Phase.WAIT, 2_000_000, 9_000_000, 7_000_000)),
                10_000_000),
            new ConnectionFacts(
                Optional.of("127.0.0.1:443"),
                false,
                Optional.of(
                    new TlsFacts(
                        "TLSv1.3", "TLS_AES_128_GCM_SHA256", START.plus(Duration.ofDays(30))))),
            new Verdict(
                category,
                Fault.UNKNOWN,
                category.money(),
                category.action(),
                GatewayError.none(),
                false,
                false,
                "test/rule",
                "test@1"),
            200,
            false);
    return new Settled(intent, outcome);
  }

  Settled repeating() {
    return new Settled(intent.linked(Optional.of(EARLIER), Optional.empty()), outcome);
  }

  Settled duplicating() {
    return new Settled(intent.linked(Optional.empty(), Optional.of(EARLIER)), outcome);
  }

  Settled onRail(String rail) {
    Correlation was = intent.correlation();
    Correlation railed =
        new Correlation(
            was.traceparent(),
            was.requestId(),
            was.reference(),
            was.idempotencyKey(),
            was.referenceKey(),
            was.card(),
            new Handles(
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(rail),
                Handles.Resolve.BY_LOOKUP),
            was.identity());
    return new Settled(
        new Intent(
            intent.id(),
            intent.startedAt(),
            intent.origin(),
            intent.provider(),
            intent.profile(),
            intent.operation(),
            intent.movesMoney(),
            intent.method(),
            intent.target(),
            intent.fields(),
            intent.body(),
            railed,
            intent.repeatOf(),
            intent.duplicateOf(),
            intent.routing()),
        outcome);
  }

  /// The answer says by which rail it went.
  Settled answeredByRail(String rail) {
    return with(
        new Trail(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of(rail),
            Optional.empty()));
  }

  Settled unmapped(String code, String table) {
    return with(
        new Trail(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(code),
            Optional.of(table),
            false,
            Optional.empty(),
            Optional.empty()));
  }

  private Settled with(Trail trail) {
    Verdict was = outcome.verdict();
    Verdict verdict =
        new Verdict(
            was.category(),
            was.fault(),
            was.money(),
            was.action(),
            was.gateway(),
            was.routingHealth(),
            was.slaFault(),
            was.rule(),
            was.judgedBy(),
            trail);
    return new Settled(
        intent,
        new Outcome(
            outcome.id(),
            outcome.progress(),
            outcome.broken(),
            outcome.answer(),
            outcome.timings(),
            outcome.connection(),
            verdict,
            outcome.clientStatus(),
            outcome.clientGone()));
  }
}
