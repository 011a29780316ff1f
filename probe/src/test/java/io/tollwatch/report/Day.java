package io.tollwatch.report;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.TlsFacts;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Routing;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.ledger.store.TimeWindow;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/// Two days of a payment service, a call every three minutes, always the same ones: a quiet day,
/// then one on which `stripe-eu` times out between 13:00 and 14:30, when calls come faster, and
/// declines rise at `adyen`.
public final class Day {

  /// The second day.
  public static final TimeWindow TODAY =
      TimeWindow.of(Samples.START.plus(Duration.ofDays(1)), Duration.ofDays(1));

  /// The id of the incident that the second day has.
  public static final String INCIDENT = "stripe-eu-20260302T1303Z";

  /// What an attacker would like a reader's program to run.
  public static final String EVIL =
      "=HYPERLINK(\"http://evil.test\")<img src=x onerror=alert(1)>|![x](http://evil.test/x)\u202e\u001b[31m";

  private static final int STEP_SECONDS = 180;
  private static final int TROUBLE_STEP_SECONDS = 40;
  private static final int TROUBLE_FROM = 24 * 3600 + 3 * 3600;
  private static final int TROUBLE_UNTIL = TROUBLE_FROM + 90 * 60;

  private static final List<Exchange> ALL = made();

  private final Random random = new Random(7);

  private Day() {}

  /// All exchanges, oldest first.
  public static List<Exchange> exchanges() {
    return ALL;
  }

  private static List<Exchange> made() {
    Day day = new Day();
    List<Exchange> all = new ArrayList<>();
    for (int second = 0; second < 2 * 24 * 3600; second += step(second)) {
      all.add(day.exchange(second));
    }
    return List.copyOf(all);
  }

  private static int step(int second) {
    return second >= TROUBLE_FROM - 1_800 && second < TROUBLE_UNTIL + 1_800
        ? TROUBLE_STEP_SECONDS
        : STEP_SECONDS;
  }

  /// What the breaker of the provider in trouble did: it opened four minutes late, failed one probe
  /// and was closed five minutes after the trouble.
  public static List<BreakerChange> changes() {
    BreakerKey pay = BreakerKey.of("stripe-eu", Operation.PAY);
    return List.of(
        change(
            TROUBLE_FROM + 240,
            pay,
            BreakerState.CLOSED,
            BreakerState.OPEN,
            "8 of 12 calls failed"),
        change(
            TROUBLE_FROM + 1_800, pay, BreakerState.OPEN, BreakerState.HALF_OPEN, "time to look"),
        change(
            TROUBLE_FROM + 1_830, pay, BreakerState.HALF_OPEN, BreakerState.OPEN, "a probe failed"),
        change(TROUBLE_UNTIL + 240, pay, BreakerState.OPEN, BreakerState.HALF_OPEN, "time to look"),
        change(
            TROUBLE_UNTIL + 300,
            pay,
            BreakerState.HALF_OPEN,
            BreakerState.CLOSED,
            "three probes succeeded"));
  }

  private static BreakerChange change(
      int second, BreakerKey breaker, BreakerState from, BreakerState to, String reason) {
    return new BreakerChange(
        Samples.startedAt(second),
        breaker,
        from,
        to,
        reason,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /// Feeds all of it to a store.
  public static void feed(Store store) throws SQLException {
    store.feed(
        new Batch(
            new UUID(1, 2),
            exchanges(),
            List.of(),
            List.of(),
            changes(),
            new Batch.Position(0, 0)));
  }

  private Exchange exchange(int second) {
    int dice = random.nextInt(100);
    String provider = dice < 50 ? "stripe-eu" : dice < 80 ? "adyen" : "paypal";
    Operation operation =
        random.nextInt(10) < 8
            ? Operation.PAY
            : random.nextBoolean() ? Operation.REFUND : Operation.QUERY;
    boolean evil = second % 7_200 == 0;
    Intent intent = intent(second, provider, operation, evil);
    boolean lastRuns = second + STEP_SECONDS >= 2 * 24 * 3600;
    return new Exchange(
        intent, lastRuns ? Optional.empty() : Optional.of(outcome(second, intent, evil)));
  }

  private Intent intent(int second, String provider, Operation operation, boolean evil) {
    String body = "amount=%d&currency=eur&order=%d".formatted(500 + second % 9_000, second);
    Instant at = Samples.startedAt(second);
    boolean duplicate = second > 0 && random.nextInt(100) == 0;
    return new Intent(
        Samples.id(second),
        at,
        second % 1_200 == 0 ? Origin.SYNTHETIC : Origin.LIVE,
        provider,
        provider.replace("-eu", ""),
        operation,
        operation.movesMoney(),
        operation == Operation.QUERY ? "GET" : "POST",
        "/v1/payments?expand=" + (evil ? "%3Cimg%3E" : "charge"),
        Fields.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "*/*"),
        new KeptBody(body, KeptBody.State.WHOLE, body.length()),
        new Correlation(
            "00-%032x-00f067aa0ba902b7-01".formatted(second + 1),
            Optional.of("caller-" + second),
            Optional.of(evil ? EVIL : "order-" + second),
            Optional.of("fingerprint-" + second),
            Optional.empty(),
            Optional.empty(),
            new Handles(
                Optional.empty(),
                OptionalLong.of(500 + second % 9_000),
                Optional.of(second % 200 == 0 ? "jpy" : "eur"),
                Optional.of("visa"),
                Handles.Resolve.BY_LOOKUP),
            Optional.empty()),
        Optional.empty(),
        duplicate ? Optional.of(Samples.id(second - step(second))) : Optional.empty(),
        provider.equals("adyen")
            ? Optional.of(new Routing("card", Optional.empty(), decisions(second)))
            : Optional.empty());
  }

  private static List<Decision> decisions(int second) {
    Decision chosen = new Decision(Decision.Kind.CHOSEN, "adyen", "first that is healthy");
    return second >= TROUBLE_FROM && second < TROUBLE_UNTIL
        ? List.of(new Decision(Decision.Kind.SKIPPED, "stripe-eu", "its breaker is open"), chosen)
        : List.of(chosen);
  }

  private Outcome outcome(int second, Intent intent, boolean evil) {
    boolean trouble =
        intent.provider().equals("stripe-eu") && second >= TROUBLE_FROM && second < TROUBLE_UNTIL;
    int dice = random.nextInt(1_000);
    if (trouble && dice < 450) {
      return broken(second, intent, Breakage.RESPONSE_TIMEOUT, Phase.WAIT, 30_000);
    }
    if ((trouble && dice < 700) || evil) {
      return answered(
          second,
          Category.PROVIDER_ERROR,
          Fault.PROVIDER,
          503,
          Optional.of(evil ? EVIL : "api_error"));
    }
    if (dice < 4) {
      return broken(second, intent, Breakage.CONNECT_TIMEOUT, Phase.CONNECT, 5_000);
    }
    if (dice < 8) {
      return answered(
          second, Category.RATE_LIMITED, Fault.RATE_LIMIT, 429, Optional.of("rate_limit"));
    }
    int declines = intent.provider().equals("adyen") && second > 24 * 3600 ? 400 : 120;
    if (dice < declines) {
      String code = dice % 3 == 0 ? "insufficient_funds" : "do_not_honor";
      return answered(second, Category.DECLINE_SOFT, Fault.ISSUER, 402, Optional.of(code));
    }
    return answered(second, Category.SUCCEEDED, Fault.NONE, 200, Optional.empty());
  }

  private Outcome answered(
      int second, Category category, Fault fault, int status, Optional<String> code) {
    String body = "{\"id\":\"ch_%d\",\"paid\":%s}".formatted(second, status == 200);
    boolean reused = random.nextInt(10) < 8;
    Optional<String> unmapped =
        category == Category.DECLINE_SOFT && second % 11 == 0
            ? Optional.of("refusal_" + second % 3)
            : Optional.empty();
    return new Outcome(
        Samples.id(second),
        Progress.ANSWERED,
        Optional.empty(),
        Optional.of(
            new Answer(
                status,
                Fields.of("Request-Id", "req_" + second, "Content-Type", "application/json"),
                new KeptBody(body, KeptBody.State.WHOLE, body.length()))),
        timings(reused, 90_000_000L + (long) Math.abs(random.nextGaussian() * 120_000_000)),
        connection(reused),
        verdict(second, category, fault, category.money(), code, unmapped),
        status,
        false);
  }

  private Outcome broken(int second, Intent intent, Breakage breakage, Phase phase, long millis) {
    boolean sent = phase == Phase.WAIT;
    List<PhaseSpan> spans = new ArrayList<>();
    if (sent) {
      spans.add(new PhaseSpan(Phase.SEND, 0, 40_000, 40_000));
    }
    long start = sent ? 40_000 : 0;
    spans.add(new PhaseSpan(phase, start, start + millis * 1_000_000, millis * 1_000_000));
    boolean moves = intent.movesMoney();
    return new Outcome(
        Samples.id(second),
        sent ? Progress.MAYBE_SENT : Progress.UNSENT,
        Optional.of(new Break(breakage, phase, "nothing for " + millis / 1_000 + " s")),
        Optional.empty(),
        new PhaseTimings(spans, start + millis * 1_000_000 + 300_000),
        sent ? connection(true) : ConnectionFacts.none(),
        verdict(
            second,
            sent ? Category.ANSWER_LOST : Category.NOT_SENT,
            sent ? Fault.UNKNOWN : Fault.NETWORK,
            !moves ? Money.NONE : sent ? Money.IN_DOUBT : Money.NOT_SENT,
            Optional.empty(),
            Optional.empty()),
        sent ? 504 : 503,
        false);
  }

  private static ConnectionFacts connection(boolean reused) {
    return new ConnectionFacts(
        Optional.of("203.0.113.7:443"),
        reused,
        Optional.of(
            new TlsFacts(
                "TLSv1.3", "TLS_AES_128_GCM_SHA256", Instant.parse("2026-06-01T00:00:00Z"))));
  }

  private static PhaseTimings timings(boolean reused, long waitNanos) {
    List<PhaseSpan> spans = new ArrayList<>();
    long at = 0;
    at = add(spans, Phase.BLOCKED, at, 12_345);
    if (!reused) {
      at = add(spans, Phase.DNS, at, 2_100_000);
      at = add(spans, Phase.CONNECT, at, 11_300_000);
      at = add(spans, Phase.TLS, at, 23_700_001);
    }
    at = add(spans, Phase.SEND, at, 61_000);
    at = add(spans, Phase.WAIT, at, waitNanos);
    at = add(spans, Phase.RECEIVE, at, 410_000);
    return new PhaseTimings(spans, at + 150_000);
  }

  private static long add(List<PhaseSpan> spans, Phase phase, long at, long nanos) {
    spans.add(new PhaseSpan(phase, at, at + nanos, nanos));
    return at + nanos;
  }

  private static Verdict verdict(
      int second,
      Category category,
      Fault fault,
      Money money,
      Optional<String> code,
      Optional<String> unmapped) {
    boolean guilty = fault == Fault.PROVIDER;
    return new Verdict(
        category,
        fault,
        money,
        category.action(),
        new GatewayError(code, code.map(word -> "Sorry: " + word), Optional.of("req_" + second)),
        guilty,
        guilty,
        "stripe/" + category.word(),
        "stripe@1",
        new Trail(
            Optional.of("stripe.yaml:48"),
            false,
            Optional.empty(),
            Optional.empty(),
            unmapped,
            unmapped.map(_ -> "stripe/decline_code"),
            false,
            Optional.empty(),
            Optional.empty()));
  }
}
