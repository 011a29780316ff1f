package io.tollwatch.dispatch;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Break;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Routing;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Route;
import io.tollwatch.redaction.BodyDecoder;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.verdict.GatewayFacts;
import io.tollwatch.verdict.Observation;
import io.tollwatch.verdict.Verdict;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what the ledger keeps of a call, redacted, and what goes to the provider, not
/// redacted. The line between the two is this class. Thread-safe.
public final class Scribe {

  private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

  /// Stands for a target of which no copy could be made.
  private static final String NOT_KEPT = "/";

  private final Classifier classifier;
  private final InstantSource clock;
  private final ExchangeIds ids;
  private final TraceParents traces;
  private final Joins joins;
  private final RequestReader reader;

  /// Of what is compared while this process lives, and never written down: whether two bodies are
  /// the same is unproven after a restart.
  private final Fingerprints passing;

  /// @param captureLimit in bytes
  /// @param keys of the fingerprints that are kept
  public Scribe(Classifier classifier, InstantSource clock, int captureLimit, JoinKeys keys) {
    this(classifier, clock, captureLimit, keys, new ExchangeIds());
  }

  Scribe(
      Classifier classifier,
      InstantSource clock,
      int captureLimit,
      JoinKeys keys,
      ExchangeIds ids) {
    this.ids = ids;
    this.classifier = classifier;
    this.clock = clock;
    this.joins = new Joins(keys);
    this.reader = new RequestReader(new BodyDecoder(captureLimit), joins);
    SecureRandom random = new SecureRandom();
    this.traces = new TraceParents(new BulkRandom(random));
    this.passing = Fingerprints.ofThisProcess(random);
  }

  /// An intent, and by what its repeats and duplicates are known; no marks if it moves no money.
  record Draft(Intent intent, List<Repeats.Mark> marks, Optional<SamePayments.Mark> payment) {

    /// This draft, of a call through a channel.
    Draft through(Routing routing) {
      return new Draft(intent.through(routing), marks, payment);
    }
  }

  /// Reads requests.
  RequestReader reader() {
    return reader;
  }

  Draft draft(Provider provider, Incoming incoming) {
    return draft(provider, incoming, reader.read(provider, incoming));
  }

  /// If the record can't be made, for whatever reason, an emptier one is: the call goes on (P4).
  Draft draft(Provider provider, Incoming incoming, Reading reading) {
    try {
      return reading.readable()
          ? fullDraft(provider, incoming, reading)
          : bareDraft(provider, incoming, reading);
    } catch (RuntimeException | StackOverflowError e) {
      failed("request", e);
      return bareDraft(provider, incoming, reading);
    }
  }

  private Draft fullDraft(Provider provider, Incoming incoming, Reading reading) {
    Instant now = clock.instant();
    Redactor redactor = provider.redactor();
    Route route = reading.route();
    GatewayFacts facts = reading.facts();
    Optional<String> key = reading.key();
    Optional<String> keptKey = key.filter(redactor::harmless);
    Optional<String> keptReference = facts.reference().filter(redactor::harmless);
    String scope = provider.name() + " " + route.operation().word();
    Optional<String> passingKey =
        route.movesMoney() ? key.map(value -> passing.of(scope, value)) : Optional.empty();
    List<Repeats.Mark> marks =
        route.movesMoney() ? marks(provider, incoming, passingKey) : List.of();
    Intent intent =
        new Intent(
            ids.next(now),
            now,
            incoming.origin(),
            provider.name(),
            provider.profile().name(),
            route.operation(),
            route.movesMoney(),
            incoming.method(),
            redactor.target(incoming.target()),
            redactor.fields(incoming.fields()),
            redactor.body(incoming.captured(), incoming.fields()),
            new Correlation(
                traces.of(incoming.fields(), redactor::text),
                incoming.fields().first("X-Request-Id").map(redactor::text),
                facts.reference().map(redactor::text),
                keptKey.map(value -> joins.key(scope, value)),
                keptReference.map(value -> joins.reference(scope, value)),
                route.movesMoney() ? joins.card(reading.text()) : Optional.empty(),
                KeptHandles.of(
                    facts,
                    keptKey.equals(key) && keptReference.equals(facts.reference()),
                    redactor),
                reading.identity()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Draft(
        intent, marks, route.movesMoney() ? payment(scope, facts, passingKey) : Optional.empty());
  }

  private Draft bareDraft(Provider provider, Incoming incoming, Reading reading) {
    return new Draft(bareIntent(provider, incoming, reading.route()), List.of(), Optional.empty());
  }

  private Intent bareIntent(Provider provider, Incoming incoming, Route route) {
    Instant now = clock.instant();
    return new Intent(
        ids.next(now),
        now,
        incoming.origin(),
        provider.name(),
        provider.profile().name(),
        route.operation(),
        route.movesMoney(),
        incoming.method(),
        NOT_KEPT,
        Fields.none(),
        unread(incoming.captured()),
        Correlation.only(traces.make()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// What goes to the provider. The caller's credentials stay behind on the way through a channel.
  GatewayRequest request(Provider provider, Incoming incoming, Intent intent) {
    boolean named = intent.routing().isEmpty();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Host", provider.hostField()));
    for (Field field : incoming.fields()) {
      if (provider.injected().first(field.name()).isEmpty()
          && (named || !CallerCredentials.has(field.name()))) {
        fields.add(field);
      }
    }
    provider.injected().forEach(fields::add);
    if (incoming.fields().first(TraceParents.FIELD).isEmpty()) {
      fields.add(new Field(TraceParents.FIELD, intent.correlation().traceparent()));
    }
    return new GatewayRequest(
        incoming.method(),
        provider.basePath() + incoming.target(),
        new Fields(fields),
        incoming.body());
  }

  /// What became of an attempt. If it can't be judged, for whatever reason, nothing but its
  /// progress speaks: the caller has its answer all the same (P4), and it is in doubt (P1).
  Outcome outcome(
      Provider provider, Intent intent, Attempt attempt, boolean callerGone, boolean streamed) {
    boolean gone = callerGone || broken(attempt, Breakage.CLIENT_ABORT);
    int clientStatus = gone ? 0 : clientStatus(attempt, streamed);
    try {
      return judged(provider, intent, attempt, clientStatus, gone);
    } catch (RuntimeException | StackOverflowError e) {
      failed("answer", e);
      return Unjudged.outcome(intent, attempt, clientStatus, gone);
    }
  }

  private static boolean broken(Attempt attempt, Breakage breakage) {
    return attempt instanceof Attempt.Broken b && b.breakage() == breakage;
  }

  private static void failed(String what, Throwable trouble) {
    // its message may quote what must not be written down
    LOG.error("no record can be made of a call's {}: {}", what, trouble.getClass().getName());
  }

  private Outcome judged(
      Provider provider, Intent intent, Attempt attempt, int clientStatus, boolean callerGone) {
    Redactor redactor = provider.redactor();
    Optional<Answer> answer =
        attempt
            .head()
            .map(head ->
                new Answer(
                    head.status(),
                    redactor.answerFields(head.fields()),
                    answerBody(redactor, attempt.body(), head.fields())));
    Optional<Break> broken =
        attempt instanceof Attempt.Broken b
            ? Optional.of(new Break(b.breakage(), b.phase(), redactor.text(b.detail())))
            : Optional.empty();
    Observation seen = observation(attempt, answer);
    Content content = provider.profile().content(seen.body().text());
    Verdict verdict = classifier.judge(provider.profile(), intent.call(), seen, content);
    return new Outcome(
        intent.id(),
        attempt.progress(),
        broken,
        answer,
        attempt.timings(),
        attempt.connection(),
        verdict,
        clientStatus,
        callerGone,
        intent.movesMoney() ? payment(provider, answer, content) : Optional.empty(),
        List.of());
  }

  /// The gateway's id of the payment, from the copy that is kept: what was masked there is none.
  private static Optional<String> payment(
      Provider provider, Optional<Answer> answer, Content content) {
    return answer
        .filter(each -> !each.body().text().isEmpty())
        .flatMap(each -> GatewayFacts.paymentOf(provider.profile(), each.fields(), content))
        .filter(id -> id.indexOf('*') < 0 && provider.redactor().harmless(id));
  }

  /// What the caller is answered with where there is no answer to pass on.
  public static int lostStatus(Breakage breakage, Progress progress) {
    return switch (progress) {
      case UNSENT -> breakage == Breakage.CLIENT_ABORT ? 400 : 503;
      case MAYBE_SENT, ANSWERED ->
          switch (breakage) {
            case RESPONSE_TIMEOUT, WRITE_TIMEOUT, BODY_TIMEOUT, DEADLINE -> 504;
            default -> 502;
          };
    };
  }

  private static int clientStatus(Attempt attempt, boolean streamed) {
    return switch (attempt) {
      case Attempt.Answered answered -> answered.answer().status();
      case Attempt.Broken broken ->
          streamed && broken.head().isPresent()
              ? broken.head().get().status()
              : lostStatus(broken.breakage(), broken.progress());
    };
  }

  private static Observation observation(Attempt attempt, Optional<Answer> answer) {
    Optional<Attempt.Broken> broken =
        attempt instanceof Attempt.Broken b ? Optional.of(b) : Optional.empty();
    return new Observation(
        attempt.progress(),
        broken.map(Attempt.Broken::breakage),
        broken.map(Attempt.Broken::phase),
        answer.map(a -> OptionalInt.of(a.status())).orElse(OptionalInt.empty()),
        answer.map(Answer::fields).orElse(Fields.none()),
        answer.map(Answer::body).orElse(KeptBody.empty()));
  }

  static KeptBody unread(CapturedBody body) {
    return new KeptBody("", KeptBody.State.UNREAD, body.totalBytes());
  }

  private static KeptBody answerBody(Redactor redactor, CapturedBody body, Fields fields) {
    return body.totalBytes() == 0 && body.whole()
        ? KeptBody.empty()
        : redactor.answerBody(body, fields);
  }

  /// What the payment is for. Lives in memory only, like the marks.
  private Optional<SamePayments.Mark> payment(
      String scope, GatewayFacts facts, Optional<String> passingKey) {
    if (facts.reference().isEmpty() || facts.amountMinor().isEmpty()) {
      return Optional.empty();
    }
    String what =
        facts.reference().get()
            + '\0'
            + facts.amountMinor().getAsLong()
            + '\0'
            + facts.currency().orElse("").toUpperCase(Locale.ROOT);
    return Optional.of(new SamePayments.Mark(passing.of("payment " + scope, what), passingKey));
  }

  /// They live in memory only: of a key that may hide a secret, too.
  private List<Repeats.Mark> marks(
      Provider provider, Incoming incoming, Optional<String> passingKey) {
    CapturedBody body = incoming.captured();
    if (passingKey.isPresent()) {
      return List.of(new Repeats.Mark("key:" + passingKey.get(), true));
    }
    if (!body.whole() || body.totalBytes() == 0) {
      return List.of();
    }
    String place = provider.name() + " " + incoming.method() + " " + incoming.target();
    return List.of(new Repeats.Mark("body:" + passing.of(place, body.bytes()), false));
  }
}
