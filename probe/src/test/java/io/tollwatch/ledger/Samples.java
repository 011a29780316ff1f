package io.tollwatch.ledger;

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
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Exchanges to record. The number of an exchange is its order in time, one second apart.
public final class Samples {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00.123456789Z");

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private Samples() {}

  /// An id as a sidecar would have made it, with the number at its end.

  public static String id(int number) {
    String digits = Long.toString(startedAt(number).toEpochMilli(), 32).toUpperCase(Locale.ROOT);
    StringBuilder id = new StringBuilder("%10s".formatted(digits).replace(' ', '0'));
    for (int i = 0; i < id.length(); i++) {
      id.setCharAt(i, ALPHABET.charAt(Character.digit(id.charAt(i), 32)));
    }
    return id.append("%016d".formatted(number)).toString();
  }

  public static Instant startedAt(int number) {
    return START.plusSeconds(number);
  }

  public static Intent pay(int number) {
    return intent(number, "stripe", Operation.PAY, "amount=100&n=" + number);
  }

  public static Intent pay(int number, Instant startedAt) {
    return intent(number, startedAt, "stripe", Operation.PAY, "");
  }

  public static Intent intent(int number, String provider, Operation operation, String body) {
    return intent(number, startedAt(number), provider, operation, body);
  }

  private static Intent intent(
      int number, Instant startedAt, String provider, Operation operation, String body) {
    return new Intent(
        id(number),
        startedAt,
        Origin.LIVE,
        provider,
        provider.replace("-eu", ""),
        operation,
        operation.movesMoney(),
        "POST",
        "/v1/things/" + number,
        Fields.of("Content-Type", "application/json", "Accept", "a", "accept", "b"),
        new KeptBody(body, KeptBody.State.WHOLE, body.length()),
        new Correlation(
            "00-%032x-00f067aa0ba902b7-01".formatted(number + 1),
            Optional.of("caller-" + number),
            Optional.of("order-" + number),
            Optional.of("fingerprint-" + number),
            Optional.of("reference-" + number),
            Optional.empty(),
            new Handles(
                Optional.of("pay-" + number),
                OptionalLong.of(100 + number),
                Optional.of("eur"),
                Optional.empty(),
                Handles.Resolve.BY_LOOKUP),
            Optional.empty()),
        number % 2 == 0 ? Optional.empty() : Optional.of(id(number - 1)),
        number % 3 == 0 ? Optional.empty() : Optional.of(id(number - 1)),
        Optional.empty());
  }

  public static Outcome succeeded(int number) {
    return answered(number, Category.SUCCEEDED, Fault.NONE, Optional.empty(), "{\"ok\":true}");
  }

  public static Outcome declined(int number, String code) {
    return answered(
        number, Category.DECLINE_SOFT, Fault.ISSUER, Optional.of(code), "{\"error\":\"card\"}");
  }

  public static Outcome answered(
      int number, Category category, Fault fault, Optional<String> code, String body) {
    return answered(
        number,
        verdict(category, fault, category.money(), code, Optional.of("req_" + number)),
        body);
  }

  /// A yes to another amount than the one that was asked for.
  public static Outcome otherAmount(int number) {
    return answered(
        number,
        verdict(
            Category.SUCCEEDED,
            Fault.NONE,
            Money.IN_DOUBT,
            Optional.empty(),
            Optional.of("req_" + number)),
        "{\"ok\":true}");
  }

  /// A no with a code that no table of the profile knows.
  public static Outcome unmapped(int number, String code) {
    Outcome declined = declined(number, code);
    Verdict verdict = declined.verdict();
    Trail trail =
        new Trail(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(code),
            Optional.of("test/code"),
            false,
            Optional.empty(),
            Optional.empty());
    return answered(
        number,
        new Verdict(
            verdict.category(),
            verdict.fault(),
            verdict.money(),
            verdict.action(),
            verdict.gateway(),
            verdict.routingHealth(),
            verdict.slaFault(),
            verdict.rule(),
            verdict.judgedBy(),
            trail),
        "{\"error\":\"card\"}");
  }

  private static Outcome answered(int number, Verdict verdict, String body) {
    int status = verdict.gateway().code().isPresent() ? 402 : 200;
    return new Outcome(
        id(number),
        Progress.ANSWERED,
        Optional.empty(),
        Optional.of(
            new Answer(
                status,
                Fields.of("Request-Id", "req_" + number),
                new KeptBody(body, KeptBody.State.WHOLE, body.length()))),
        timings(),
        new ConnectionFacts(
            Optional.of("127.0.0.1:443"),
            false,
            Optional.of(
                new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", START.plusSeconds(9_999)))),
        verdict,
        status,
        false);
  }

  /// Broke before anything was sent.
  public static Outcome unsent(int number) {
    return new Outcome(
        id(number),
        Progress.UNSENT,
        Optional.of(new Break(Breakage.CONNECT_REFUSED, Phase.CONNECT, "nobody listens")),
        Optional.empty(),
        timings(),
        ConnectionFacts.none(),
        verdict(
            Category.NOT_SENT, Fault.PROVIDER, Money.NOT_SENT, Optional.empty(), Optional.empty()),
        502,
        false);
  }

  public static Outcome lost(int number) {
    return new Outcome(
        id(number),
        Progress.MAYBE_SENT,
        Optional.of(new Break(Breakage.RESPONSE_TIMEOUT, Phase.WAIT, "nothing for 90 s")),
        Optional.empty(),
        timings(),
        ConnectionFacts.none(),
        verdict(
            Category.ANSWER_LOST,
            Fault.UNKNOWN,
            Money.IN_DOUBT,
            Optional.empty(),
            Optional.empty()),
        504,
        true);
  }

  public static PhaseTimings timings() {
    return new PhaseTimings(
        List.of(
            new PhaseSpan(Phase.CONNECT, 1_000, 5_001, 4_001),
            new PhaseSpan(Phase.SEND, 6_000, 9_000, 1_500),
            new PhaseSpan(Phase.CLIENT, 7_000, 8_500, 1_500),
            new PhaseSpan(Phase.WAIT, 9_000, 90_000, 81_000)),
        100_777);
  }

  private static Verdict verdict(
      Category category,
      Fault fault,
      Money money,
      Optional<String> code,
      Optional<String> requestId) {
    return new Verdict(
        category,
        fault,
        money,
        category.action(),
        new GatewayError(code, code.map(word -> "Sorry: 100%_" + word), requestId),
        fault == Fault.PROVIDER,
        fault == Fault.PROVIDER,
        "test/" + category.word(),
        "test@1");
  }
}
