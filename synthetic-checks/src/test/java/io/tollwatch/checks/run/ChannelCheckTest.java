package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.health.Admission;
import io.tollwatch.health.Health;
import io.tollwatch.health.Permit;
import io.tollwatch.routing.CanarySettings;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Strategy;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A check of a channel of two providers, `a` before `b`: its steps go where a service's would, and
/// what they took is given back where it was taken. The gateways' books are the witnesses.
class ChannelCheckTest {

  private static final Instant PLANNED = Instant.parse("2026-11-26T05:00:00Z");

  private static final String SCRIPT =
      """
      checks:
        pay:
          channel: card
          timeout: 2m
          step-timeout: 30s
          clean-up-timeout: 1m
          daily-cap: {count: 2, amount: 1000}
          steps:
            - name: pay
              path: /v1/payment_intents
              headers: {Idempotency-Key: "{{key}}"}
              form:
                amount: 100
                currency: eur
                confirm: true
                payment_method_data[type]: card
                payment_method_data[card][number]: "4242424242424242"
                metadata[order_id]: "{{reference}}"
              capture: {intent: $.id}
              expect: {status: 200, money: succeeded}
            - name: query
              path: "/v1/payment_intents/{{intent}}"
              expect: {values: {$.id: "{{intent}}"}}
          always:
            - name: ask-again
              repeats: pay
              pause: 10ms
            - name: refund
              undoes: [pay]
              path: /v1/refunds
              headers: {Idempotency-Key: "{{key}}"}
              form: {payment_intent: "{{intent}}"}
              pause: 10ms
      """;

  @TempDir private Path folder;
  private final FakeStripe a = FakeStripe.start();
  private final FakeStripe b = FakeStripe.start();

  @AfterEach
  void stop() {
    a.close();
    b.close();
  }

  private CheckRig rig(String... providers) {
    return rig(Health.unwatched(), providers);
  }

  private CheckRig rig(Health health, String... providers) {
    return rig(health, false, providers);
  }

  /// @param repeat whether the channel sends again what was lost
  private CheckRig rig(Health health, boolean repeat, String... providers) {
    Channel card =
        new Channel(
            "card",
            List.of(providers),
            new Strategy.Ordered(),
            Duration.ofSeconds(60),
            2,
            0.2,
            false,
            false,
            Channel.SameReference.REFUSE,
            repeat,
            Channel.Sharing.ALONE,
            Set.of(),
            CanarySettings.defaults());
    return CheckRig.through(folder, health, card, Map.of("a", a.url(), "b", b.url()));
  }

  private static void assertPaidAndBack(FakeStripe gateway) {
    assertThat(gateway.book().movements())
        .extracting(Movement::kind)
        .containsExactly(Movement.Kind.CHARGE, Movement.Kind.REFUND);
  }

  private static List<String> providers(CheckRig rig) throws InterruptedException {
    return rig.exchanges().stream().map(each -> each.intent().provider()).toList();
  }

  @Test
  void goesToTheFirstProviderWithThatProvidersCredentials() throws InterruptedException {
    try (CheckRig rig = rig("a", "b")) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.failed()).isEmpty();
      assertThat(run.passed()).isTrue();
      assertPaidAndBack(a);
      assertThat(b.book().requests()).isEmpty();
      assertThat(a.book().requests())
          .allSatisfy(each ->
              assertThat(each.head().first("Authorization")).contains("Bearer sk_test_ofa"));
      assertThat(rig.exchanges())
          .allSatisfy(each -> assertThat(each.intent().origin()).isEqualTo(Origin.SYNTHETIC));
      Exchange pay = rig.exchanges().getFirst();
      assertThat(pay.intent().routing().orElseThrow().channel()).isEqualTo("card");
      assertThat(rig.register().open()).isEmpty();
    }
  }

  @Test
  void goesToTheNextWhereNothingWasSentAndIsGivenBackThere() throws InterruptedException {
    a.close();
    try (CheckRig rig = rig("a", "b")) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.failed()).isEmpty();
      assertPaidAndBack(b);
      assertThat(providers(rig)).containsExactly("a", "b", "b", "b");
    }
  }

  @Test
  void staysWhereItMayHavePaid() throws InterruptedException {
    a.faults().on("POST", "/v1/payment_intents").next(Fault.close().at(Moment.ANSWERED));
    try (CheckRig rig = rig("a", "b")) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.stepsPassed()).isFalse();
      assertThat(run.out()).isEmpty();
      assertPaidAndBack(a);
      assertThat(b.book().requests()).isEmpty();
      assertThat(rig.exchanges().getFirst().money()).contains(Money.SUCCEEDED);
    }
  }

  @Test
  void thatARepeatWasNotSentSaysNothingOfTheFirstAttempt() throws InterruptedException {
    a.faults().on("POST", "/v1/payment_intents").next(Fault.close().at(Moment.ANSWERED));
    AtomicInteger attempts = new AtomicInteger();
    try (CheckRig rig = rig(Health.unwatched(), true, "a", "b")) {
      Gateway ofA = rig.reach().member("a");
      Gateway flaky =
          new Gateway(
              ofA.provider(),
              limit ->
                  attempts.incrementAndGet() == 2 ? new Unreached() : ofA.ownLine().apply(limit),
              ofA.site());
      Reach reach =
          Reach.through(
              rig.reach().channel().orElseThrow(), List.of(flaky, rig.reach().member("b")));
      CheckRun run = rig.runner().run(rig.check(SCRIPT), reach, PLANNED, Watcher.none());
      assertThat(providers(rig)).startsWith("a", "a");
      assertThat(run.out()).isEmpty();
      assertPaidAndBack(a);
      assertThat(b.book().requests()).isEmpty();
    }
  }

  /// A way on which no connection is made.
  private static final class Unreached implements Line {

    @Override
    public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
      return new Attempt.Broken(
          Breakage.CONNECT_REFUSED,
          Phase.CONNECT,
          Progress.UNSENT,
          "",
          Optional.empty(),
          CapturedBody.empty(),
          new PhaseTimings(List.of(), 0),
          ConnectionFacts.none());
    }

    @Override
    public void retire() {
      // there is nothing
    }

    @Override
    public void close() {
      // there is nothing
    }
  }

  @Test
  void goesPastABreakerThatIsOpen() throws InterruptedException {
    try (CheckRig rig = rig(new Leave("a", () -> {}), "a", "b")) {
      assertThat(rig.run(rig.check(SCRIPT), PLANNED).passed()).isTrue();
      assertPaidAndBack(b);
      assertThat(a.book().requests()).isEmpty();
    }
  }

  /// Lets checks go anywhere but to one provider.
  ///
  /// @param meanwhile happens while it is asked
  private record Leave(String provider, Runnable meanwhile) implements Health {

    @Override
    public Admission ask(BreakerKey key, Origin origin) {
      meanwhile.run();
      return key.provider().equals(provider)
          ? new Admission.Denied(BreakerState.OPEN, "it is open")
          : Health.unwatched().ask(key, origin);
    }

    @Override
    public Admission askAsLast(BreakerKey key, Origin origin) {
      return ask(key, origin);
    }

    @Override
    public Permit watch(BreakerKey key, Origin origin) {
      return Health.unwatched().watch(key, origin);
    }
  }

  @Test
  void isGivenBackWhereItWasTakenAfterARestartWithAnotherOrderAndWithoutThatProvider() {
    a.faults().on("POST", "/v1/refunds").always(Fault.close().at(Moment.RECEIVED));
    try (CheckRig rig = rig("a", "b")) {
      assertThat(rig.run(rig.check(SCRIPT), PLANNED).out())
          .singleElement()
          .satisfies(money -> assertThat(money.provider()).isEqualTo("a"));
    }
    a.faults().clear();
    try (CheckRig all = rig("b", "a")) {
      Reach ofB = new Reach(all.reach().channel(), Map.of("b", all.reach().member("b")));
      RunnerConduct conduct =
          new RunnerConduct(
              all.runner(),
              all.register(),
              to ->
                  Optional.of(
                      to.equals(new Destination.OfProvider("a"))
                          ? Reach.of(all.reach().member("a"))
                          : ofB));
      assertThat(conduct.run(all.check(SCRIPT), PLANNED)).isEmpty();
      assertThat(all.register().open()).isEmpty();
      assertPaidAndBack(a);
      assertThat(b.book().movements()).isEmpty();
    }
  }

  @Test
  void forWhatTheChannelHadChosenNoProviderNothingWasSent() {
    try (CheckRig rig = rig("a", "b")) {
      Check check = rig.check(SCRIPT);
      String id = new RunKeys(check.name(), PLANNED).taking("pay");
      TestMoney opened = TestMoneyRegisterTest.money(id, "card", PLANNED, 100);
      assertThat(rig.register().open(opened, Optional.empty()))
          .isInstanceOf(TestMoneyRegister.Opening.Opened.class);
      rig.giveBack(check);
      assertThat(rig.register().find(id).orElseThrow().state())
          .isEqualTo(TestMoney.State.NEVER_TAKEN);
      assertThat(a.book().requests()).isEmpty();
      assertThat(b.book().requests()).isEmpty();
    }
  }

  @Test
  void isNotSentOnceAnotherRunnerHasSettledIt() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    Leave leave = new Leave("none", () -> meanwhile.get().run());
    try (CheckRig rig = rig(leave, "a", "b")) {
      Check check = rig.check(SCRIPT);
      String id = new RunKeys(check.name(), PLANNED).taking("pay");
      meanwhile.set(() -> rig.register().settleByHand(id, "another", "it took over"));
      CheckRun run = rig.run(check, PLANNED);
      assertThat(run.failed().orElseThrow().name()).isEqualTo("pay");
      assertThat(a.book().requests()).isEmpty();
      assertThat(b.book().requests()).isEmpty();
      assertThat(rig.register().find(id).orElseThrow().state()).isEqualTo(TestMoney.State.BY_HAND);
    }
  }

  @Test
  void theCapIsForAllOfItsProvidersTogether() {
    String capped = SCRIPT.replace("count: 2", "count: 1");
    try (CheckRig rig = rig("a", "b")) {
      Instant today = Instant.now();
      assertThat(rig.run(rig.check(capped), today).passed()).isTrue();
      a.close();
      CheckRun second = rig.run(rig.check(capped), today.plusMillis(1));
      assertThat(second.failed().orElseThrow().reason().orElseThrow())
          .contains("the daily cap of 1 is reached");
      assertThat(b.book().requests()).isEmpty();
    }
  }
}
