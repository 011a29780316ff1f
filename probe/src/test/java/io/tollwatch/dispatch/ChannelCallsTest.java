package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import io.tollwatch.profile.Profiles;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.redaction.Secrets;
import io.tollwatch.routing.Attempted;
import io.tollwatch.routing.CanarySettings;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Claiming;
import io.tollwatch.routing.Gate;
import io.tollwatch.routing.Payments;
import io.tollwatch.routing.RetryBudgets;
import io.tollwatch.routing.Router;
import io.tollwatch.routing.SharedClaims;
import io.tollwatch.routing.Standing;
import io.tollwatch.routing.Strategy;
import io.tollwatch.routing.Switchboard;
import io.tollwatch.routing.Takers;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.Classifier;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls through a channel of two providers, `a` before `b`, whose lines do what the test says:
/// permits, decisions, claims. A line that was told nothing takes the payment.
class ChannelCallsTest {

  private static final int LIMIT = 64 * 1024;
  private static final Standing ELSEWHERE =
      new Standing(
          "at-another-sidecar",
          "a",
          new PaymentIdentity("card", Optional.of("one"), Optional.empty()),
          Money.IN_DOUBT,
          true,
          Instant.EPOCH);

  private final CountedHealth health = new CountedHealth();
  private final Payments payments = Payments.fresh();
  private final Kept kept = new Kept();
  private final Map<String, FakeLine> lines = new HashMap<>();
  private final Dispatcher dispatcher = dispatcher(payments, SharedClaims.none());

  private Dispatcher dispatcher(Payments index, SharedClaims shared) {
    return new Dispatcher(
        new Scribe(Classifier.shipped(), InstantSource.system(), LIMIT, Keys.ofPayments()),
        kept,
        (_, _) -> {},
        false,
        new Switchboard(
            new Router(health),
            new Gate(),
            index,
            new RetryBudgets(System::nanoTime),
            Takers.none(),
            shared),
        System::nanoTime);
  }

  /// Other sidecars: they let a payment begin here, and say what the test says when it is to move.
  private static final class Others implements SharedClaims {
    final Claiming ofMoves;
    final List<String> released = new ArrayList<>();

    Others(Claiming ofMoves) {
      this.ofMoves = ofMoves;
    }

    @Override
    public Claiming claim(Attempted attempted, boolean followReference) {
      return new Claiming.Granted(Optional.empty());
    }

    @Override
    public void note(Attempted attempted) {
      throw new IllegalStateException("nobody named a provider");
    }

    @Override
    public Claiming standing(PaymentIdentity identity) {
      return new Claiming.Granted(Optional.empty());
    }

    @Override
    public boolean mayStandLater(PaymentIdentity identity, String exchange, Instant at) {
      throw new IllegalStateException("nothing was looked up");
    }

    @Override
    public Claiming move(String exchange, Attempted next) {
      return ofMoves;
    }

    @Override
    public void release(String exchange) {
      released.add(exchange);
    }
  }

  private static final class Kept implements Ledger {
    final List<Intent> intents = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();

    @Override
    public Recorded intent(Intent intent) {
      intents.add(intent);
      return Recorded.kept();
    }

    @Override
    public Recorded outcome(Outcome outcome) {
      outcomes.add(outcome);
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

  private static final class FakeLine implements Line {
    final Deque<Supplier<Attempt>> next = new ArrayDeque<>();
    final List<GatewayRequest> sent = new ArrayList<>();

    @Override
    public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
      Supplier<Attempt> attempt = next.isEmpty() ? ChannelCallsTest::taken : next.removeFirst();
      sent.add(request);
      return attempt.get();
    }

    @Override
    public void retire() {}

    @Override
    public void close() {}
  }

  private static Attempt taken() {
    byte[] body =
        "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"succeeded\"}"
            .getBytes(StandardCharsets.UTF_8);
    return new Attempt.Answered(
        new AnswerHead(200, "OK", Fields.of("Content-Type", "application/json")),
        new CapturedBody(body, body.length, true),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none());
  }

  private static Attempt broken(Breakage breakage, Phase phase, Progress progress) {
    return new Attempt.Broken(
        breakage,
        phase,
        progress,
        "",
        Optional.empty(),
        CapturedBody.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none());
  }

  private static Attempt refusedConnection() {
    return broken(Breakage.CONNECT_REFUSED, Phase.CONNECT, Progress.UNSENT);
  }

  private static Attempt timedOut() {
    return broken(Breakage.RESPONSE_TIMEOUT, Phase.WAIT, Progress.MAYBE_SENT);
  }

  @AfterEach
  void everyPermitEndedOnce() {
    assertThat(health.given)
        .allSatisfy(permit -> assertThat(permit.settled + permit.abandoned).isEqualTo(1));
  }

  @Test
  void skipsAnOpenBreakerAndSaysWhy() {
    health.denied.put("a", BreakerState.OPEN);

    Reply reply = pay("one");

    assertThat(reply.provider()).isEqualTo("b");
    assertThat(kept.intents.getFirst().routing().orElseThrow().decisions())
        .extracting(Decision::kind)
        .containsExactly(Decision.Kind.SKIPPED, Decision.Kind.CHOSEN);
    assertThat(line("a").sent).isEmpty();
  }

  @Test
  void refusesWhereNobodyCanTakeItAndRecordsThat() {
    health.denied.put("a", BreakerState.OPEN);
    health.denied.put("b", BreakerState.OPEN);

    assertThat(pay("one"))
        .isInstanceOfSatisfying(
            Reply.Unrouted.class,
            reply -> assertThat(reply.why()).isEqualTo(Unroutable.NO_PROVIDER));
    assertThat(kept.outcomes).singleElement().extracting(Outcome::clientStatus).isEqualTo(503);
    assertThat(payments.size()).isZero();
  }

  @Test
  void isNotToldThatNothingWasSentWhereAnotherCallOfThePaymentCameMeanwhile() {
    line("a").next.add(ChannelCallsTest::timedOut);
    health.denied.put("b", BreakerState.OPEN);
    health.asked =
        () -> {
          health.asked = () -> {};
          pay("one");
          health.denied.put("a", BreakerState.OPEN);
        };

    assertThat(pay("one"))
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.money()).isEqualTo(Money.IN_DOUBT));
    assertThat(line("a").sent).hasSize(1);
  }

  @Test
  void whoNamesAProviderThatTookNothingIsToldOfAnEarlierAttemptElsewhere() {
    line("a").next.add(ChannelCallsTest::timedOut);
    line("b").next.add(ChannelCallsTest::refusedConnection);
    Reply first = pay("one");

    assertThat(dispatcher.dispatch(provider("b"), incoming("one"), NOBODY, new CallerWatch()))
        .isInstanceOfSatisfying(
            Reply.Lost.class,
            lost ->
                assertThat(lost.earlier())
                    .contains(new Reply.Earlier(first.exchange(), Money.IN_DOUBT)));
  }

  @Test
  void aRepeatGoesPastAnOpenBreakerButNotPastAForcedOne() {
    line("a").next.add(ChannelCallsTest::timedOut);
    Reply first = pay("one");
    health.denied.put("a", BreakerState.OPEN);
    assertThat(pay("one").provider()).isEqualTo("a");
    assertThat(line("a").sent).hasSize(2);

    health.denied.put("a", BreakerState.FORCED_OPEN);
    assertThat(pay("one"))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.money()).isIn(Money.IN_DOUBT, Money.SUCCEEDED));
    assertThat(first).isInstanceOf(Reply.Lost.class);
    assertThat(line("a").sent).hasSize(2);
    assertThat(line("b").sent).isEmpty();
  }

  @Test
  void eachAttemptHasItsIntentBeforeAndItsDecisionsAfter() {
    line("a").next.add(ChannelCallsTest::refusedConnection);

    Reply reply = pay("one");

    assertThat(reply.provider()).isEqualTo("b");
    assertThat(kept.intents).extracting(Intent::provider).containsExactly("a", "b");
    assertThat(kept.outcomes.getFirst().decisions())
        .extracting(Decision::kind, Decision::provider)
        .containsExactly(tuple(Decision.Kind.CHOSEN, "b"));
    assertThat(kept.outcomes.getLast().payment()).contains("pi_1");
    assertThat(payments.takerOf("card", "pi_1")).contains("b");
  }

  static List<Claiming> inTheWay() {
    return List.of(
        new Claiming.Bound(ELSEWHERE),
        new Claiming.Refused(ELSEWHERE, "it runs at another sidecar"),
        new Claiming.Granted(Optional.of(ELSEWHERE)));
  }

  @ParameterizedTest
  @MethodSource("inTheWay")
  void doesNotMoveWhereAnAttemptOfAnotherSidecarStandsAndNamesThatOne(Claiming ofMoves) {
    Others others = new Others(ofMoves);
    line("a").next.add(ChannelCallsTest::refusedConnection);

    Reply reply = payShared(others);

    assertThat(line("b").sent).isEmpty();
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Lost.class,
            lost ->
                assertThat(lost.earlier())
                    .contains(new Reply.Earlier(ELSEWHERE.exchange(), Money.IN_DOUBT)));
    assertThat(others.released).isEmpty();
    assertThat(payments.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNotMoveWhereTheOthersCannotBeAskedAndTakesBackWhatMayHaveBeenClaimed(boolean perhaps) {
    Others others = new Others(new Claiming.Unconfirmed("the database is away", perhaps));
    line("a").next.add(ChannelCallsTest::refusedConnection);

    Reply reply = payShared(others);

    assertThat(line("b").sent).isEmpty();
    assertThat(reply)
        .isInstanceOfSatisfying(Reply.Lost.class, lost -> assertThat(lost.earlier()).isEmpty());
    assertThat(others.released).hasSize(perhaps ? 1 : 0);
    assertThat(payments.size()).isZero();
  }

  @Test
  void movesWhereTheOthersLetIt() {
    line("a").next.add(ChannelCallsTest::refusedConnection);

    assertThat(payShared(new Others(new Claiming.Granted(Optional.empty()))).provider())
        .isEqualTo("b");
  }

  @Test
  void aKeyThatMayBeASecretKeepsThePaymentAtTheFirstProvider() {
    line("a").next.add(ChannelCallsTest::refusedConnection);

    Reply reply = pay("sk_live_4eC39HqLyjWDarjtT1zdp7dc");

    assertThat(reply.provider()).isEqualTo("a");
    assertThat(kept.intents.getFirst().correlation().identity().orElseThrow().key()).isEmpty();
    assertThat(line("b").sent).isEmpty();
  }

  @Test
  void noChannelOpensBeforeItIsKnownWhatStands() {
    Payments unknown = new Payments();
    Dispatcher early = dispatcher(unknown, SharedClaims.none());

    assertThat(early.dispatch(members(), incoming("one"), NOBODY, new CallerWatch()))
        .isInstanceOfSatisfying(
            Reply.Unrouted.class,
            reply -> {
              assertThat(reply.why()).isEqualTo(Unroutable.NOT_READY);
              assertThat(reply.verdict().money()).isEqualTo(Money.IN_DOUBT);
            });
    assertThat(kept.outcomes.getLast().verdict().money()).isEqualTo(Money.NOT_SENT);
    assertThat(early.dispatch(provider("a"), incoming("one"), NOBODY, new CallerWatch()))
        .isInstanceOf(Reply.Whole.class);
  }

  @Test
  void thePermitEndsAndThePaymentStaysWhereTheLineThrows() {
    line("a")
        .next
        .add(() -> {
          throw new IllegalStateException("a bug");
        });

    assertThatThrownBy(() -> pay("one")).isInstanceOf(IllegalStateException.class);
    assertThat(pay("one").provider()).isEqualTo("a");
    assertThat(line("b").sent).isEmpty();
  }

  private static final Caller NOBODY = (_, _, _) -> OutputStream.nullOutputStream();

  private FakeLine line(String name) {
    return lines.computeIfAbsent(name, _ -> new FakeLine());
  }

  private Reply pay(String key) {
    return dispatcher.dispatch(members(), incoming(key), NOBODY, new CallerWatch());
  }

  private Reply payShared(SharedClaims others) {
    return dispatcher(payments, others)
        .dispatch(members(Channel.Sharing.CLAIMS), incoming("one"), NOBODY, new CallerWatch());
  }

  private Members members() {
    return members(Channel.Sharing.ALONE);
  }

  private Members members(Channel.Sharing sharing) {
    Channel channel =
        new Channel(
            "card",
            List.of("a", "b"),
            new Strategy.Ordered(),
            Duration.ofSeconds(60),
            2,
            0.2,
            false,
            false,
            Channel.SameReference.REFUSE,
            false,
            sharing,
            Set.of(),
            CanarySettings.defaults());
    return new Members(channel, this::provider);
  }

  private static Incoming incoming(String key) {
    byte[] form =
        "amount=1000&currency=eur&confirm=true&payment_method_data[card][number]=4242424242424242"
            .getBytes(StandardCharsets.UTF_8);
    return new Incoming(
        Origin.LIVE,
        "POST",
        "/v1/payment_intents",
        Fields.of("Idempotency-Key", key, "Content-Type", "application/x-www-form-urlencoded"),
        new RequestBody.Whole(form, false),
        new CapturedBody(form, form.length, true));
  }

  private Provider provider(String name) {
    return new Provider(
        name,
        Profiles.shipped().byName("stripe"),
        new Redactor(Secrets.common(), LIMIT),
        line(name),
        "",
        "localhost",
        Fields.none(),
        true,
        false,
        Optional.of("card"));
  }
}
