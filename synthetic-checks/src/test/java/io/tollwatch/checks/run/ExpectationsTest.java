package io.tollwatch.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollwatch.checks.script.Finding;
import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of expectation holds where it should, and fails where it should; values are captured
/// from wherever they stand and sent on in each kind of body.
class ExpectationsTest {

  private static final Instant PLANNED = Instant.parse("2026-11-26T05:00:00Z");
  private static final Answer BALANCE =
      Answer.of(200, "application/json", "{\"object\":\"balance\",\"amount\":1250,\"gone\":null}")
          .with("Request-Id", "req_77");

  @TempDir private Path folder;

  private static String look(String expected) {
    return """
    checks:
      look:
        provider: stripe
        steps: [{name: look, path: /v1/balance, expect: {%s}}]
    """
        .formatted(expected.replace('\n', ' '));
  }

  /// One of each kind that holds of the balance, and one that does not.
  private static final String RIGHT =
      """
      status: [200, 201], category: succeeded, money: none,
      values: {$.object: balance, header Request-Id: req_77, status: 200},
      matches: {$.object: b.l.*}, present: [$.object], absent: [$.gone], body: '"amount":12[0-9]+',
      within: {total: 20s, wait: 20s}
      """;

  private static final String WRONG =
      """
      status: 201, category: [decline_soft, rate_limited], money: [succeeded, pending],
      values: {$.object: [charge, refund], header Request-Id: req_7, status: 201},
      matches: {$.object: bal}, present: [$.gone], absent: [$.object], body: '"amount":13',
      within: {total: 0ms, wait: 0ms}
      """;

  @Test
  void eachKindHoldsOrFails() {
    try (FakeStripe stripe = FakeStripe.start();
        CheckRig rig = CheckRig.open(folder, "stripe", stripe.url())) {
      stripe.faults().next(Fault.instead(BALANCE));
      CheckRun run = rig.run(rig.check(look(RIGHT)), PLANNED);
      assertThat(run.passed()).as("%s", run.failed()).isTrue();
      assertThat(run.steps().getFirst().findings()).hasSize(12);
      stripe.faults().next(Fault.instead(BALANCE));
      CheckRun failed = rig.run(rig.check(look(WRONG)), PLANNED);
      assertThat(failed.steps().getFirst().findings()).hasSize(12).noneMatch(Finding::holds);
    }
  }

  @Test
  void countsTheDaysThatTheCertificateIsValid() {
    ThrowawayCa authority = ThrowawayCa.create("Authority");
    GatewayOptions options =
        GatewayOptions.tls(authority.expiringIn(Duration.ofHours(80)).serverContext());
    try (FakeStripe stripe = FakeStripe.start(options);
        CheckRig rig =
            CheckRig.trusting(folder, authority.certificate(), "stripe", stripe.tlsUrl())) {
      stripe.faults().next(Fault.instead(BALANCE));
      assertThat(rig.run(rig.check(look("tls-days-left: 3")), PLANNED).passed()).isTrue();
      stripe.faults().next(Fault.instead(BALANCE));
      assertThat(rig.run(rig.check(look("tls-days-left: 4")), PLANNED).failed())
          .hasValueSatisfying(step ->
              assertThat(step.reason().orElseThrow())
                  .isEqualTo("expected the certificate is valid for 4 days, found 3 days"));
    }
  }

  @Test
  void capturesFromAnywhereAndSendsInAnyBody() {
    String script =
        """
        checks:
          carry:
            provider: stripe
            variables: {colour: red}
            steps:
              - name: json
                path: /v1/balance
                capture:
                  from-json: $.object
                  from-header: header Request-Id
                  part: {from: header Request-Id, matching: "req_(.*)"}
                  whole: {matching: "amount.:([0-9]+)"}
              - name: xml
                path: /v1/balance
                capture: {from-xml: $.answer.id}
              - name: send-json
                method: PUT
                path: /v1/balance
                query: {q: "{{part}}"}
                headers: {X-Colour: "{{colour}}"}
                json: {a: "{{from-json}}", b: ["{{whole}}"]}
              - {name: send-xml, method: PUT, path: /v1/balance, xml: "<a>{{from-xml}}</a>"}
              - {name: send-text, method: PUT, path: "/v1/balance/{{part}}", text: "{{from-header}}!"}
              - {name: send-form, method: PUT, path: /v1/balance, form: {a: "{{colour}}&"}}
            always: [{name: nothing, undoes: [send-json, send-xml, send-text, send-form], path: /v1/balance, tries: 1}]
        """;
    try (FakeStripe stripe = FakeStripe.start();
        CheckRig rig = CheckRig.open(folder, "stripe", stripe.url())) {
      stripe.faults().next(Fault.instead(BALANCE));
      stripe
          .faults()
          .next(Fault.instead(Answer.of(200, "application/xml", "<answer><id>x7</id></answer>")));
      for (int i = 0; i < 5; i++) {
        stripe.faults().next(Fault.instead(BALANCE));
      }
      CheckRun run = rig.run(rig.check(script), PLANNED);
      assertThat(run.stepsPassed()).as("%s", run.failed()).isTrue();
      assertThat(run.steps().getFirst().captures())
          .containsEntry("from-json", "balance")
          .containsEntry("from-header", "req_77")
          .containsEntry("part", "77")
          .containsEntry("whole", "1250");
      assertThat(stripe.book().requests().subList(2, 6))
          .extracting(ReceivedRequest::target, request -> request.body().text())
          .containsExactly(
              tuple("/v1/balance?q=77", "{\"a\":\"balance\",\"b\":[\"1250\"]}"),
              tuple("/v1/balance", "<a>x7</a>"),
              tuple("/v1/balance/77", "req_77!"),
              tuple("/v1/balance", "a=red%26"));
      assertThat(stripe.book().requests().get(2).fields())
          .anySatisfy(field -> assertThat(field.value()).isEqualTo("red"));
    }
  }
}
