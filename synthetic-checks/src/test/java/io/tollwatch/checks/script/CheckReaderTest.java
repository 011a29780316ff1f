package io.tollwatch.checks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a file of checks comes to, and what is told of a wrong one.
class CheckReaderTest {

  private static final String RIGHT =
      """
      checks:
        pay:
          provider: stripe
          timeout: 20s
          variables: {amount: 100, currency: eur}
          secrets:
            api-key: {env: TEST_KEY}
          steps:
            - name: pay
              path: /v1/payment_intents
              headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
              form: {amount: "{{amount}}", currency: "{{currency}}", confirm: true}
              capture: {intent: $.id, charge: {from: $.latest_charge, matching: "^ch_(.*)$"}}
              expect: {status: 200, money: succeeded, values: {$.status: succeeded}, within: {total: 2s}}
          always:
            - name: ask-again
              repeats: pay
            - name: refund
              undoes: [pay]
              path: /v1/refunds
              headers: {Authorization: "Bearer {{api-key}}", Idempotency-Key: "{{key}}"}
              form: {payment_intent: "{{intent}}"}
      """;

  @Test
  void readsACheckWhole() {
    CheckReading reading = Reading.of(RIGHT);
    assertThat(reading).isInstanceOf(CheckReading.Valid.class);
    Check check = ((CheckReading.Valid) reading).checks().getFirst();
    assertThat(check.to()).isEqualTo(new Destination.OfProvider("stripe"));
    assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(check.steps()).hasSize(1);
    assertThat(check.steps().getFirst().expected()).hasSize(4);
    assertThat(check.undoing("pay").map(Step.CleanUp::name)).containsExactly("refund");
    assertThat(check.always().getFirst().step().captures()).hasSize(2);
    assertThat(check.toString()).doesNotContain("sk_test_abc");
  }

  @Test
  void tellsAllProblemsOfAFileAtOnceEachWithItsPlace() {
    List<String> problems =
        Reading.problems(
            """
            checks:
              pay:
                provider: strip
                stepps: []
                steps:
                  - name: pay
                    path: v1/charges
                    expect: {money: succeded}
            """);
    assertThat(problems)
        .containsExactly(
            "checks.yaml:3:15: checks.pay.provider names no provider; did you mean stripe?",
            "checks.yaml:4:5: unknown key 'stepps' in checks.pay; did you mean steps?",
            "checks.yaml:7:15: checks.pay.steps[0].path is not a path; write what comes after the"
                + " provider's base URL, beginning with /, without ? and #",
            "checks.yaml:8:25: checks.pay.steps[0].expect.money has a word that is none; did you"
                + " mean succeeded?");
  }

  @Test
  void readsACheckOfAChannel() {
    CheckReading reading = Reading.of(RIGHT.replace("provider: stripe", "channel: card"));
    assertThat(reading).isInstanceOf(CheckReading.Valid.class);
    assertThat(((CheckReading.Valid) reading).checks().getFirst().to())
        .isEqualTo(new Destination.OfChannel("card"));
  }

  @Test
  void tellsChecksOfBothOrNeitherOrOfAChannelThatIsNotThere() {
    String either =
        "checks.pay needs either provider or channel; write provider: NAME or channel: NAME, and"
            + " steps";
    assertThat(Reading.problems(RIGHT.replace("provider: stripe", "note: nowhere")))
        .containsExactly("checks.yaml:3:5: " + either);
    assertThat(
            Reading.problems(
                RIGHT.replace("provider: stripe", "provider: stripe\n    channel: card")))
        .containsExactly("checks.yaml:3:5: " + either);
    assertThat(Reading.problems(RIGHT.replace("provider: stripe", "channel: crad")))
        .containsExactly(
            "checks.yaml:3:14: checks.pay.channel names no channel; did you mean card?");
  }

  @Test
  void refusesALiveProviderOfAChannelUnlessTheCheckSaysSo() {
    String look =
        "checks:\n  look:\n    channel: china\n    steps: [{name: look, path: /gateway.do}]\n";
    assertThat(Reading.problems(look))
        .contains(
            "checks.yaml:3:14: checks.look.channel can reach alipay-live, which is a live endpoint;"
                + " use the sandbox, or add live: true and a daily-cap if real money may"
                + " be spent");
  }

  @Test
  void tellsWhatIsMadeForOneProviderInACheckOfAChannel() {
    String one =
        """
        checks:
          way:
            channel: card
            signed: {alipay: {app-id: "1", private-key: {env: TEST_KEY}}}
            probes: [{name: port, connect: {}}]
            steps:
              - {name: told, path: /v1/balance, webhook: {within: 10s}}
              - {name: asked, path: /v1/balance, query: {to: "{{hook}}"}}
        """;
    assertThat(Reading.problems(one))
        .contains(
            "checks.yaml:5:5: checks.way.probes look at the way to one provider; name a provider"
                + " instead of the channel",
            "checks.yaml:7:41: checks.way.steps[0].webhook: it comes from one provider; name a"
                + " provider instead of the channel");
  }

  @Test
  void tellsWhatNothingSets() {
    assertThat(Reading.problems(RIGHT.replace("{{intent}}", "{{intend}}")))
        .containsExactly(
            "checks.yaml:22:32: checks.pay.always[1].form.payment_intent uses {{intend}}, which"
                + " nothing sets; did you mean {{intent}}?");
  }

  @Test
  void tellsThatAValueIsCapturedOnlyLater() {
    assertThat(Reading.problems(RIGHT.replace("confirm: true", "confirm: \"{{charge}}\"")))
        .singleElement()
        .asString()
        .contains("steps[0].form.confirm uses {{charge}}, which nothing sets");
  }

  @Test
  void tellsUnknownSteps() {
    assertThat(Reading.problems(RIGHT.replace("undoes: [pay]", "undoes: [pai]")))
        .anySatisfy(problem ->
            assertThat(problem)
                .contains("always[1].undoes names no step before it: 'pai'; did you mean pay?"));
    assertThat(Reading.problems(RIGHT.replace("repeats: pay", "repeats: paid")))
        .anySatisfy(problem -> assertThat(problem).contains("repeats names no step: 'paid'"));
  }

  @Test
  void tellsMoneyThatNothingGivesBack() {
    String withoutCleanUp = RIGHT.substring(0, RIGHT.indexOf("    always:"));
    assertThat(Reading.problems(withoutCleanUp))
        .containsExactly(
            "checks.yaml:9:15: checks.pay.steps[0].name moves money (pay) and nothing under always"
                + " gives it back; add a step under always with undoes: ['pay']");
  }

  @Test
  void tellsSecretsInClearAndNeverRepeatsThem() {
    List<String> problems =
        Reading.problems(RIGHT.replaceFirst("Bearer \\{\\{api-key}}", "Bearer sk_test_4eC39Hq"));
    assertThat(problems)
        .containsExactly(
            "checks.yaml:11:34: checks.pay.steps[0].headers.Authorization holds a secret in clear;"
                + " put it under secrets with env or file, and write {{name}}");
    assertThat(Reading.problems(RIGHT.replace("currency: eur}", "token: sk_live_123456}")))
        .anySatisfy(problem -> assertThat(problem).contains("variables.token holds a secret"));
    assertThat(problems.toString()).doesNotContain("4eC39Hq");
  }

  @Test
  void tellsASecretThatCantBeHad() {
    assertThat(Reading.problems(RIGHT.replace("TEST_KEY", "NO_KEY")))
        .containsExactly("checks.yaml:7:16: checks.pay.secrets.api-key: there is none; set it");
  }

  @Test
  void refusesLiveKeysUnlessTheCheckSaysSoAndHasACap() {
    String live = RIGHT.replace("TEST_KEY", "LIVE_KEY");
    assertThat(Reading.problems(live))
        .anySatisfy(
            problem -> assertThat(problem).contains("would be called with a live key; use the"))
        .anySatisfy(problem -> assertThat(problem).contains("has no daily-cap"));
    String saysSo = live.replace("    timeout: 20s", "    live: true");
    assertThat(Reading.problems(saysSo))
        .singleElement()
        .asString()
        .contains("live: a check that takes live money has no daily-cap");
    String capped =
        saysSo.replace("    steps:", "    daily-cap: {count: 3, amount: 300}\n    steps:");
    assertThat(Reading.problems(capped)).isEmpty();
  }

  @Test
  void refusesLiveEndpoints() {
    assertThat(
            Reading.problems(
                """
                checks:
                  look:
                    provider: alipay-live
                    steps: [{name: look, path: /gateway.do, query: {method: alipay.trade.query}}]
                """))
        .containsExactly(
            "checks.yaml:3:15: checks.look.provider is a live endpoint; use the sandbox, or add"
                + " live: true if real money may be spent");
  }

  @Test
  void repeatsOnlyWhatTheProfileProvesHarmless() {
    assertThat(Reading.problems(RIGHT.replaceFirst(", Idempotency-Key: \"\\{\\{key}}\"", "")))
        .singleElement()
        .asString()
        .contains("repeats: the profile stripe@")
        .contains("does not prove that a repeat is harmless");
    assertThat(Reading.problems(RIGHT.replace("confirm: true", "confirm: \"{{now}}\"")))
        .singleElement()
        .asString()
        .contains("the step is not the same when sent again");
  }

  @Test
  void readsAnythingWithoutAnException() {
    for (int end = 0; end < RIGHT.length(); end += 7) {
      assertThat(Reading.of(RIGHT.substring(0, end))).isNotNull();
    }
    assertThat(Reading.of("checks: [1, {a: b}]"))
        .asInstanceOf(type(CheckReading.Invalid.class))
        .extracting(CheckReading.Invalid::problems)
        .isNotNull();
  }

  @Test
  void readsPlainProbes() {
    CheckReading reading =
        Reading.of(
            """
            checks:
              way:
                provider: stripe
                probes:
                  - {name: names, dns: {name: api.stripe.com, type: a, resolvers: [system, "127.0.0.1:5353", "[::1]:53", "::1"], steady: true}}
                  - {name: port, connect: {}, timeout: 2s}
                  - {name: chain, tls: {days-left: 30, port: 8443}}
            """);
    assertThat(reading).isInstanceOf(CheckReading.Valid.class);
    Check check = ((CheckReading.Valid) reading).checks().getFirst();
    assertThat(check.probes()).hasSize(3);
    assertThat(check.probes().getFirst())
        .asInstanceOf(type(PlainProbe.Names.class))
        .satisfies(names ->
            assertThat(names.resolvers())
                .extracting(PlainProbe.Resolver::text)
                .containsExactly("system", "127.0.0.1:5353", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1"));
  }

  @Test
  void tellsWhatIsWrongWithPlainProbes() {
    assertThat(
            Reading.problems(
                """
                checks:
                  way:
                    provider: stripe
                    probes:
                      - {name: names, dns: {resolvers: [one.example]}}
                      - {name: names, connect: {port: 0}}
                      - {name: nothing}
                      - {name: both, connect: {}, tls: {}}
                      - {name: alias, dns: {name: a.example, type: cname}}
                  empty:
                    provider: stripe
                """))
        .satisfiesExactlyInAnyOrder(
            each -> assertThat(each).contains("there is no name to ask for"),
            each -> assertThat(each).contains("5:41", "is no name server"),
            each -> assertThat(each).contains("6:", "port"),
            each -> assertThat(each).contains("6:", "a step of this name already"),
            each -> assertThat(each).contains("7:", "does not say what is probed"),
            each -> assertThat(each).contains("8:", "second kind of probe"),
            each -> assertThat(each).contains("9:", "the machine's resolver tells addresses only"),
            each -> assertThat(each).contains("nothing is checked there"));
  }

  @Test
  void tellsWhereAWebhookCanNeverBeHeard() {
    String awaiting =
        RIGHT.replace(
            "        expect: {status",
            "        webhook: {within: 30s, values: {$.id: \"{{intnt}}\"}}\n"
                + "        expect: {status");
    assertThat(Reading.problems(awaiting))
        .satisfiesExactlyInAnyOrder(
            each ->
                assertThat(each).contains("14:47", "uses {{intnt}}", "did you mean {{intent}}?"),
            each -> assertThat(each).contains("may come later than the check's timeout of 20 s"),
            each -> assertThat(each).contains("is awaited, but nobody can call here"));
    assertThat(Reading.problems(RIGHT.replace("confirm: true", "notify: \"{{hook}}\"")))
        .singleElement()
        .asString()
        .contains("12:72", "uses {{hook}}, which nothing sets", "public-url");
  }
}
