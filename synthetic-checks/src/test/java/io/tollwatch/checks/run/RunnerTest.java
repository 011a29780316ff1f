package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tollwatch.attempt.Origin;
import io.tollwatch.checks.scheduler.Conduct;
import io.tollwatch.checks.scheduler.RunnerConduct;
import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.fixtures.book.Movement;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.fault.Bomb;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.http.AnswerBody;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A payment in the sandbox is made, and is back whatever happens on the way. The gateway's book is
/// the witness.
class RunnerTest {

  private static final Instant PLANNED = Instant.parse("2026-11-26T05:00:00Z");

  private static final String JSON = "application/json";

  /// What an answer of 1 MiB takes with all that is made of it, in bytes.
  private static final long BOUND = 64 << 20;

  /// In bytes: more than the heap.
  private static final long ENDLESS = 4L << 30;

  private static final String SCRIPT =
      """
      checks:
        pay:
          provider: stripe
          timeout: 4s
          step-timeout: 2s
          clean-up-timeout: 5s
          variables: {amount: 100, currency: eur}
          secrets:
            api-key: {env: TEST_KEY}
          steps:
            - name: pay
              path: /v1/payment_intents
              headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
              form:
                amount: "{{amount}}"
                currency: "{{currency}}"
                payment_method: pm_card_visa
                confirm: true
                metadata[order_id]: "{{reference}}"
              capture: {intent: $.id}
              expect: {status: 200, money: succeeded, amount: "{{amount}}"}
            - name: query
              path: "/v1/payment_intents/{{intent}}"
              headers: {Authorization: "Bearer {{api-key}}"}
              expect: {values: {$.status: succeeded, $.id: "{{intent}}"}, within: {total: 2s}}
          always:
            - name: ask-again
              repeats: pay
              pause: 10ms
            - name: refund
              undoes: [pay]
              path: /v1/refunds
              headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
              form: {payment_intent: "{{intent}}"}
              pause: 10ms
      """;

  @TempDir private Path folder;
  private final FakeStripe stripe = FakeStripe.start();

  @AfterEach
  void stop() {
    stripe.close();
  }

  private CheckRig rig() {
    return CheckRig.open(folder, "stripe", stripe.url());
  }

  private long sum(Movement.Kind kind) {
    return stripe.book().movements().stream()
        .filter(each -> each.kind() == kind)
        .mapToLong(Movement::amountMinor)
        .sum();
  }

  private void assertAllBack() {
    assertThat(stripe.book().charges()).as("charges").hasSizeLessThanOrEqualTo(1);
    assertThat(sum(Movement.Kind.REFUND)).isEqualTo(sum(Movement.Kind.CHARGE));
  }

  @Test
  void paysLooksAndGivesBack() throws InterruptedException {
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.failed()).isEmpty();
      assertThat(run.passed()).isTrue();
      assertThat(stripe.book().charges()).hasSize(1);
      assertThat(sum(Movement.Kind.REFUND)).isEqualTo(100);
      assertThat(rig.register().open()).isEmpty();
      List<Exchange> exchanges = rig.exchanges();
      assertThat(exchanges)
          .hasSize(3)
          .allSatisfy(each -> {
            assertThat(each.intent().origin()).isEqualTo(Origin.SYNTHETIC);
            assertThat(each.outcome().orElseThrow().timings().of(Phase.CONNECT)).isPresent();
          });
      assertThat(stripe.book().connections()).isEqualTo(3);
    }
  }

  @Test
  void asksAgainWithTheSameKeyWhereTheAnswerWasLost() throws InterruptedException {
    stripe.faults().on("POST", "/v1/payment_intents").next(Fault.close().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.stepsPassed()).isFalse();
      assertThat(run.out()).isEmpty();
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
      assertThat(rig.exchanges().getFirst().money()).contains(Money.SUCCEEDED);
    }
  }

  @Test
  void givesBackAfterAnAssertionThatFails() {
    try (CheckRig rig = rig()) {
      CheckRun run =
          rig.run(rig.check(SCRIPT.replace("{status: 200, money", "{status: 201, money")), PLANNED);
      assertThat(run.failed().orElseThrow().reason()).contains("expected status 201, found 200");
      assertThat(run.steps().get(1).state()).isEqualTo(StepResult.State.SKIPPED);
      assertThat(run.steps().getFirst().captures()).containsKey("intent");
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
    }
  }

  @Test
  void cutsAStepAtItsDeadlineAndGivesBack() {
    stripe.faults().on("POST", "/v1/payment_intents").next(Fault.stall().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      Check check = rig.check(SCRIPT.replace("step-timeout: 2s", "step-timeout: 200ms"));
      CheckRun run = rig.run(check, PLANNED);
      assertThat(run.failed().orElseThrow().reason()).contains("deadline in wait");
      assertThat(run.took()).isLessThan(Duration.ofSeconds(4));
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
    }
  }

  @Test
  void stepsTakeThePooledConnectionsWhereTheCheckSaysSoAndAreCutThereToo() {
    String pooled = SCRIPT.replace("    timeout: 4s", "    connection: pooled\n    timeout: 4s");
    try (CheckRig rig = rig()) {
      assertThat(rig.run(rig.check(pooled), PLANNED).passed()).isTrue();
      assertThat(stripe.book().connections()).isEqualTo(1);
      stripe.faults().on("GET", "/v1/payment_intents").next(Fault.stall().at(Moment.ANSWERED));
      Check check = rig.check(pooled.replace("step-timeout: 2s", "step-timeout: 300ms"));
      CheckRun run = rig.run(check, PLANNED.plusSeconds(1));
      assertThat(run.failed().orElseThrow().reason()).contains("deadline in wait");
      assertThat(run.out()).isEmpty();
    }
  }

  /// All of its time but the last is over just before the step that hangs, which by itself has
  /// more.
  @Test
  void theCheckAsAWholeHasADeadlineToo() {
    stripe.faults().on("GET", "/v1/payment_intents").next(Fault.stall().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      Check check =
          rig.check(
              SCRIPT
                  .replace("step-timeout: 2s", "step-timeout: 10m")
                  .replace("timeout: 4s", "timeout: 1h"));
      CheckRun run =
          rig.runner()
              .run(
                  check,
                  rig.reach(),
                  PLANNED,
                  CheckRig.before("query", () -> rig.skip(Duration.ofHours(1).minusSeconds(2))));
      assertThat(run.steps().getFirst().state()).isEqualTo(StepResult.State.PASSED);
      assertThat(run.steps().get(1).reason().orElseThrow()).contains("deadline in");
      assertAllBack();
    }
  }

  @Test
  void aStopCutsTheStepInFlightAndWaitsForTheCleanUp() throws InterruptedException {
    stripe.faults().on("POST", "/v1/payment_intents").next(Fault.stall().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      Check check = rig.check(SCRIPT);
      Thread run = Thread.startVirtualThread(() -> rig.run(check, PLANNED));
      assertThat(stripe.faults().awaitHeld(1, Duration.ofSeconds(5))).isTrue();
      assertThat(rig.runner().stop(Duration.ofSeconds(5))).isTrue();
      run.join();
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
      assertThat(rig.register().open()).isEmpty();
    }
  }

  @Test
  void whatCouldNotBeGivenBackIsInTheRegisterUntilItIsAfterARestartToo() {
    stripe.faults().on("POST", "/v1/refunds").always(Fault.close().at(Moment.RECEIVED));
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.stepsPassed()).isTrue();
      assertThat(run.passed()).isFalse();
      assertThat(run.out())
          .singleElement()
          .satisfies(money -> {
            assertThat(money.amountMinor()).hasValue(100);
            assertThat(money.handles()).containsKey("intent");
            assertThat(money.tries()).isEqualTo(1);
          });
    }
    stripe.faults().clear();
    try (CheckRig rig = rig()) {
      assertThat(rig.register().open()).hasSize(1);
      rig.giveBack(rig.check(SCRIPT));
      assertThat(rig.register().open()).isEmpty();
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
    }
    try (CheckRig rig = rig()) {
      assertThat(rig.register().open()).isEmpty();
    }
  }

  @Test
  void triesMoreThanOnceToGiveBack() {
    stripe.faults().on("POST", "/v1/refunds").next(Fault.close().at(Moment.RECEIVED));
    stripe.faults().on("POST", "/v1/refunds").next(Fault.status(503).at(Moment.RECEIVED));
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(run.passed()).isTrue();
      assertThat(stripe.book().requests()).hasSize(5);
      assertAllBack();
    }
  }

  @Test
  void asksAgainAfterARestartWhereTheAnswerWasLost() {
    stripe.faults().on("POST", "/v1/payment_intents").always(Fault.close().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      assertThat(rig.run(rig.check(SCRIPT), PLANNED).out()).hasSize(1);
    }
    stripe.faults().clear();
    try (CheckRig rig = rig()) {
      rig.giveBack(rig.check(SCRIPT));
      assertThat(rig.register().open()).isEmpty();
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
    }
  }

  @Test
  void neverRepeatsAStepThatIsNotWhatWasSent() {
    stripe.faults().on("POST", "/v1/payment_intents").always(Fault.close().at(Moment.ANSWERED));
    try (CheckRig rig = rig()) {
      rig.run(rig.check(SCRIPT), PLANNED);
    }
    stripe.faults().clear();
    int before = stripe.book().requests().size();
    try (CheckRig rig = rig()) {
      rig.giveBack(rig.check(SCRIPT.replace("pm_card_visa", "pm_card_mastercard")));
      assertThat(stripe.book().requests()).hasSize(before);
      assertThat(rig.register().open())
          .singleElement()
          .satisfies(money -> assertThat(money.reason()).contains("{{intent}}"));
    }
  }

  @Test
  void aSecondRunOfTheSamePlanChargesNothing() {
    try (CheckRig rig = rig()) {
      rig.run(rig.check(SCRIPT), PLANNED);
      CheckRun second = rig.run(rig.check(SCRIPT), PLANNED);
      assertThat(second.failed().orElseThrow().reason().orElseThrow()).contains("taken it before");
      assertThat(stripe.book().charges()).hasSize(1);
      assertAllBack();
    }
  }

  @Test
  void aRunThatAnotherProcessBeganIsGivenBackAndNotMadeAgain() throws InterruptedException {
    stripe.faults().on("POST", "/v1/refunds").always(Fault.close().at(Moment.RECEIVED));
    try (CheckRig rig = rig()) {
      rig.run(rig.check(SCRIPT), PLANNED);
    }
    stripe.faults().clear();
    try (CheckRig rig = rig()) {
      Conduct conduct =
          new RunnerConduct(rig.runner(), rig.register(), _ -> Optional.of(rig.reach()));
      int before = rig.exchanges().size();
      assertThat(conduct.run(rig.check(SCRIPT), PLANNED))
          .as("a run that fails would speak against the gateway")
          .isEmpty();
      assertThat(rig.exchanges()).as("the refund").hasSize(before + 1);
      assertThat(conduct.run(rig.check(SCRIPT), PLANNED.plusSeconds(60))).isPresent();
      assertThat(stripe.book().charges()).hasSize(2);
      assertThat(sum(Movement.Kind.REFUND)).isEqualTo(200);
    }
  }

  @Test
  void theDailyCapHoldsOverARestart() {
    String capped =
        SCRIPT.replace("    steps:", "    daily-cap: {count: 2, amount: 150}\n    steps:");
    try (CheckRig rig = rig()) {
      assertThat(rig.run(rig.check(capped), Instant.now()).passed()).isTrue();
    }
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(capped), Instant.now());
      assertThat(run.failed().orElseThrow().reason().orElseThrow())
          .contains("the daily cap of 150 in minor units is reached");
      assertThat(stripe.book().charges()).hasSize(1);
    }
  }

  @Test
  void secretsAreNeverKept() throws IOException, InterruptedException {
    try (CheckRig rig = rig()) {
      Check check =
          rig.check(
              SCRIPT.replace(
                  "path: \"/v1/payment_intents/{{intent}}\"",
                  "path: \"/v1/payment_intents/{{intent}}\"\n        query: {note: \"{{api-key}}\"}"));
      CheckRun run = rig.run(check, PLANNED);
      assertThat(run.stepsPassed()).isTrue();
      assertThat(run.toString()).doesNotContain(CheckRig.SECRET);
      assertThat(rig.exchanges().get(1).intent().target()).contains("note=***");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(CheckRig.SECRET);
      }
    }
  }

  @Test
  void whatIsCapturedAsASecretIsMaskedFromThenOn() throws InterruptedException {
    try (CheckRig rig = rig()) {
      String script = SCRIPT.replace("{intent: $.id}", "{intent: {from: $.id, secret: true}}");
      CheckRun run = rig.run(rig.check(script), PLANNED);
      assertThat(run.passed()).isTrue();
      assertThat(run.steps().getFirst().captures()).containsEntry("intent", "***");
      assertThat(run.steps().get(1).findings().toString()).doesNotContain("pi_");
      assertThat(rig.exchanges().get(1).intent().target()).isEqualTo("/v1/payment_intents/***");
    }
  }

  @Test
  void hostileAnswersEndTheStepWithAReason() {
    String look =
        """
        checks:
          look:
            provider: stripe
            step-timeout: 1500ms
            steps:
              - {name: look, path: /v1/balance, capture: {x: $..a}, expect: {present: [$.object]}}
        """;
    try (CheckRig rig = rig()) {
      Check check = rig.check(look);
      stripe
          .faults()
          .next(Fault.instead(Answer.of(200, "application/json", "{\"a\":".repeat(300_000))));
      assertThat(reason(rig, check)).contains("longer than 1 MiB");
      String deep =
          "{\"object\":\"balance\",\"a\":" + "{\"a\":".repeat(200) + "1" + "}".repeat(201);
      stripe.faults().next(Fault.instead(Answer.of(200, "application/json", deep)));
      assertThat(reason(rig, check)).contains("$.object is there, found not there");
      stripe.faults().next(Fault.drip(1, Duration.ofMillis(100)).at(Moment.HEAD));
      assertThat(reason(rig, check)).contains("deadline in receive");
      stripe.faults().next(Fault.garbage());
      assertThat(reason(rig, check)).contains("protocol_error");
      stripe.faults().next(Fault.truncated());
      assertThat(reason(rig, check)).contains("truncated_body");
    }
  }

  @Test
  void hostileAnswersTakeBoundedMemory() {
    String look =
        """
        checks:
          look:
            provider: stripe
            timeout: 60s
            step-timeout: 20s
            steps:
              - {name: look, path: /v1/balance, capture: {x: $..a}, expect: {present: [$.object]}}
        """;
    String deep = "[".repeat(500_000) + "]".repeat(500_000);
    AtomicLong written = new AtomicLong();
    try (CheckRig rig = rig()) {
      Check check = rig.check(look);
      stripe.faults().next(Fault.instead(Answer.of(200, JSON, AnswerBody.of(deep))));
      stripe.faults().next(new Bomb(64));
      stripe.faults().next(Fault.instead(Answer.of(200, JSON, endless(written))));
      assertThat(allocatedBy(() -> reason(rig, check))).as("warm").isPositive();
      assertThat(allocatedBy(() -> reason(rig, check))).as("a bomb").isLessThan(BOUND);
      assertThat(allocatedBy(() -> assertThat(reason(rig, check)).contains("longer than 1 MiB")))
          .as("an endless one")
          .isLessThan(BOUND);
      stripe.faults().next(Fault.instead(Answer.of(200, JSON, AnswerBody.of(deep))));
      assertThat(allocatedBy(() -> reason(rig, check))).as("a deep one").isLessThan(BOUND);
    }
    assertThat(written).as("cut").hasValueLessThan(BOUND);
  }

  /// What a run has of memory: it goes on its caller's thread.
  private static long allocatedBy(Runnable run) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long before = threads.getCurrentThreadAllocatedBytes();
    run.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static AnswerBody endless(AtomicLong written) {
    byte[] some = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    return AnswerBody.of(
        AnswerBody.UNKNOWN,
        out -> {
          for (long bytes = 0; bytes < ENDLESS; bytes += some.length) {
            out.write(some);
            written.addAndGet(some.length);
          }
        });
  }

  private static String reason(CheckRig rig, Check check) {
    return rig.run(check, Instant.now()).failed().orElseThrow().reason().orElseThrow();
  }

  @Test
  void aPaymentThatWasRefusedNeedsNoCleanUp() {
    try (CheckRig rig = rig()) {
      Check check = rig.check(SCRIPT.replace("pm_card_visa", "pm_card_chargeDeclined"));
      CheckRun run = rig.run(check, PLANNED);
      assertThat(run.out()).isEmpty();
      assertThat(run.cleanUp())
          .allSatisfy(each -> assertThat(each.state()).isEqualTo(StepResult.State.SKIPPED));
      assertThat(stripe.book().movements()).isEmpty();
      assertThat(rig.register().open()).extracting(TestMoney::id).isEmpty();
    }
  }

  @Test
  void plainProbesSendTheGatewayNoRequestAndEachStandsForItself() throws InterruptedException {
    String way =
        """
        checks:
          way:
            provider: stripe
            probes:
              - {name: port, connect: {}}
              - {name: chain, tls: {days-left: 1}, timeout: 300ms}
              - {name: again, connect: {host: 127.0.0.1}}
        """;
    try (CheckRig rig = rig()) {
      CheckRun run = rig.run(rig.check(way), PLANNED);
      assertThat(run.steps())
          .extracting(StepResult::name)
          .containsExactly("port", "chain", "again");
      assertThat(run.failed().orElseThrow().reason().orElseThrow())
          .contains("expected shakes hands with 127.0.0.1 port ");
      assertThat(run.steps().getLast().state()).isEqualTo(StepResult.State.PASSED);
      assertThat(rig.exchanges()).isEmpty();
      // the hello of the handshake comes to a gateway that speaks no TLS here, as a request that is
      // cut short, or whole where its random bytes have an empty line
      assertThat(stripe.book().requests())
          .filteredOn(ReceivedRequest::complete)
          .allMatch(RunnerTest::isHandshake);
    }
  }

  /// RFC 8446, 5.1: a record of the type 22.
  private static boolean isHandshake(ReceivedRequest request) {
    return request.head().startLine().startsWith("\u0016\u0003");
  }
}
