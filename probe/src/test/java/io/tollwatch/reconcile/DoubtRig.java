package io.tollwatch.reconcile;

import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.ledger.Samples;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.wire.Endpoint;
import io.tollwatch.wire.TlsContexts;
import io.tollwatch.wire.Watchdog;
import io.tollwatch.wire.Wire;
import io.tollwatch.wire.WireSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// A register with calls made up by the test. Confined to one test.
final class DoubtRig implements AutoCloseable {

  static final Instant START = Samples.START;

  /// In hexadecimal digits, so that it is one for every gateway.
  static final Optional<String> SECRET = Optional.of("00112233445566778899aabbccddeeff");

  private static final int LIMIT = 1 << 16;

  final ManualTime time = new ManualTime(START);
  final List<Resolution> resolutions = new ArrayList<>();

  /// How far somebody set the wall clock forward.
  Duration setForward = Duration.ZERO;

  final Doubts doubts;
  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(50));
  private final Profile profile;
  private int last;

  DoubtRig(String profile) {
    this(Profiles.shipped().byName(profile));
  }

  DoubtRig(Profile profile) {
    this(profile, Doubts.MAX);
  }

  DoubtRig(String profile, int max) {
    this(Profiles.shipped().byName(profile), max);
  }

  private DoubtRig(Profile profile, int max) {
    this.profile = profile;
    Desk desk = new Desk(provider(), true, false, SECRET, Pace.defaults());
    this.doubts =
        new Doubts(
            _ -> Optional.of(desk),
            SharedClaims.none(),
            new Kept(),
            () -> time.now().plus(setForward),
            time.nanos(),
            new Random(7),
            max);
    doubts.onResolution(resolutions::add);
  }

  private Provider provider() {
    Duration limit = Duration.ofSeconds(1);
    WireSettings settings =
        new WireSettings(
            new Endpoint("127.0.0.1", 1, false),
            Optional.empty(),
            TlsContexts.of(List.of(), Optional.empty()),
            new WireSettings.Limits(limit, limit, limit, limit, limit),
            1,
            Duration.ZERO);
    return new Provider(
        profile.name(),
        profile,
        new Redactor(Secrets.common(), LIMIT),
        new Wire(settings, watchdog, System::nanoTime, LIMIT),
        "",
        "127.0.0.1",
        Fields.none(),
        true,
        false,
        Optional.empty());
  }

  /// Hears webhooks for the register.
  Witness witness() {
    return new Witness(doubts, new Kept(), time.instants());
  }

  /// A payment that begins now.
  Intent pay(String key, String body) {
    return intent(Operation.PAY, "POST", "/v1/payments", key, body);
  }

  Intent intent(Operation operation, String method, String target, String key, String body) {
    int number = ++last;
    return intent(
        Samples.id(number), operation, method, target, key, body, "order-" + key, Optional.empty());
  }

  /// The same with the gateway's id of the payment.
  Intent known(Intent like, String payment) {
    return like(like, like.correlation().reference().orElseThrow(), Optional.of(payment));
  }

  /// The same with another reference of the merchant.
  Intent withReference(Intent like, String reference) {
    return like(like, reference, Optional.empty());
  }

  /// The same without an idempotency key.
  Intent withoutKey(Intent like) {
    Correlation with = like.correlation();
    return new Intent(
        like.id(),
        like.startedAt(),
        like.origin(),
        like.provider(),
        like.profile(),
        like.operation(),
        like.movesMoney(),
        like.method(),
        like.target(),
        like.fields(),
        like.body(),
        new Correlation(
            with.traceparent(),
            with.requestId(),
            with.reference(),
            Optional.empty(),
            with.referenceKey(),
            with.card(),
            with.handles(),
            with.identity()),
        like.repeatOf(),
        like.duplicateOf(),
        like.routing());
  }

  private Intent like(Intent like, String reference, Optional<String> payment) {
    return intent(
        like.id(),
        like.operation(),
        like.method(),
        like.target(),
        like.correlation().idempotencyKey().orElseThrow().replace("fingerprint-", ""),
        like.body().text(),
        reference,
        payment);
  }

  private Intent intent(
      String id,
      Operation operation,
      String method,
      String target,
      String key,
      String body,
      String reference,
      Optional<String> payment) {
    Instant now = time.instants().instant().plus(setForward);
    return new Intent(
        id,
        now,
        Origin.LIVE,
        profile.name(),
        profile.name(),
        operation,
        operation.movesMoney(),
        method,
        target,
        Fields.of("Content-Type", "application/json", "Idempotency-Key", key),
        new KeptBody(body, KeptBody.State.WHOLE, body.length()),
        new Correlation(
            "00-1-1-01",
            Optional.empty(),
            Optional.of(reference),
            Optional.of("fingerprint-" + key),
            Optional.empty(),
            Optional.empty(),
            new Handles(
                payment,
                OptionalLong.of(1000),
                Optional.of("EUR"),
                Optional.empty(),
                Handles.Resolve.BY_LOOKUP),
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Outcome lost(Intent intent) {
    return of(intent, Samples.lost(1));
  }

  /// Of a call that never left.
  static Outcome unsent(Intent intent) {
    Outcome any = Samples.lost(1);
    Outcome unsent = Samples.answered(1, Category.NOT_SENT, Fault.NETWORK, Optional.empty(), "");
    return new Outcome(
        intent.id(),
        Progress.UNSENT,
        any.broken(),
        any.answer(),
        any.timings(),
        any.connection(),
        unsent.verdict(),
        any.clientStatus(),
        any.clientGone());
  }

  static Outcome succeeded(Intent intent) {
    return of(intent, Samples.succeeded(1));
  }

  static Outcome answered(Intent intent, Category category) {
    return of(intent, Samples.answered(1, category, Fault.UNKNOWN, Optional.of("a_code"), "{}"));
  }

  /// A query's answer.
  static Outcome told(Intent intent, int status, String body) {
    Outcome any = Samples.answered(1, Category.SUCCEEDED, Fault.NONE, Optional.empty(), body);
    Answer answer =
        new Answer(status, Fields.none(), new KeptBody(body, KeptBody.State.WHOLE, body.length()));
    return new Outcome(
        intent.id(),
        any.progress(),
        any.broken(),
        Optional.of(answer),
        any.timings(),
        any.connection(),
        any.verdict(),
        status,
        false);
  }

  private static Outcome of(Intent intent, Outcome like) {
    return new Outcome(
        intent.id(),
        like.progress(),
        like.broken(),
        like.answer(),
        like.timings(),
        like.connection(),
        like.verdict(),
        like.clientStatus(),
        like.clientGone());
  }

  @Override
  public void close() {
    watchdog.close();
  }

  /// Keeps nothing: the register itself is asked.
  static final class Kept implements Ledger {
    @Override
    public Recorded intent(Intent intent) {
      return Recorded.kept();
    }

    @Override
    public Recorded outcome(Outcome outcome) {
      return Recorded.kept();
    }

    @Override
    public Recorded resolution(Resolution resolution) {
      return Recorded.kept();
    }

    @Override
    public Recorded breaker(BreakerChange change) {
      return Recorded.kept();
    }
  }
}
