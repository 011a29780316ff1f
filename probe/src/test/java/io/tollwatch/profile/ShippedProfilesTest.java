package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.document.DocumentSchema;
import io.tollwatch.document.FileProblem;
import io.tollwatch.document.Positions;
import io.tollwatch.document.Problems;
import io.tollwatch.document.SchemaCheck;
import io.tollwatch.document.Section;
import io.tollwatch.document.YamlDocument;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

class ShippedProfilesTest {

  private final Profiles profiles = Profiles.shipped();

  @ParameterizedTest
  @MethodSource("names")
  void everyFileKeepsToTheSchema(String name) {
    Positions positions = new Positions();
    Problems problems = new Problems(Path.of(name + ".yaml"), positions);
    JsonNode tree =
        new YamlDocument(Resources.text(name + ".yaml"), "write it", positions, problems)
            .read()
            .orElseThrow();
    new SchemaCheck(DocumentSchema.of(Resources.text("profile.schema.json")), problems).check(tree);
    assertThat(problems.sorted()).isEmpty();
    assertThat(profiles.byName(name).id()).matches(name + "@[0-9]+");
    assertThat(profiles.byName(name).name()).isEqualTo(name);
  }

  static Set<String> names() {
    return Profiles.shipped().names();
  }

  @Test
  void providersWithoutAProfileUseTheGenericOne() {
    assertThat(profiles.byName("somebody")).isSameAs(profiles.generic());
    assertThat(profiles.names())
        .containsExactly(
            "adyen",
            "alipay",
            "authorize-net",
            "braintree",
            "checkout-com",
            "cybersource",
            "generic",
            "gocardless",
            "mollie",
            "paypal",
            "razorpay",
            "square",
            "stripe",
            "wechatpay");
  }

  @Test
  void eachIsReadOnceHoweverManyAskForIt() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Profile>> asked = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        asked.add(callers.submit(() -> Profiles.shipped().byName("stripe")));
      }
      for (Future<Profile> answer : asked) {
        assertThat(answer.get()).isSameAs(profiles.byName("stripe"));
      }
    }
  }

  @Test
  void aFinalRuleIsARefusalThatNothingCanTurnAround() {
    assertThat(rules()).hasSizeGreaterThan(700);
    assertThat(rules().filter(Rule::isFinal))
        .isNotEmpty()
        .allMatch(rule -> rule.money() == Money.REJECTED)
        .allMatch(rule -> Finality.allows(rule.category(), rule.money(), rule.http()))
        .allMatch(rule -> rule.finalSource().orElseThrow().length() > 10);
  }

  @Test
  void aMarkOnARuleThatMaySucceedLaterIsRefused() {
    String profile =
        """
        name: acme
        version: 1
        errors:
          - at: $.code
            rules:
              gone: {category: customer_cancelled, fault: customer, http: [402]}
              late: {category: decline_soft, fault: issuer, http: [402, 502]}
              done: {category: decline_soft, fault: issuer, http: [402]}
              bare: {category: decline_soft, fault: issuer}
        """;
    assertThat(
            problems(profile, "code/gone", "code/late", "code/done", "code/bare", "code/nowhere"))
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly(
            "1 name: final mark for a rule that is not there: code/nowhere",
            "6 errors[0].rules.gone.category is marked final, but such a payment may still succeed",
            "7 errors[0].rules.late.category is marked final, but such a payment may still succeed",
            "9 errors[0].rules.bare.category is marked final, but without a status");
  }

  private static List<FileProblem> problems(String profile, String... marks) {
    Positions positions = new Positions();
    Problems problems = new Problems(Path.of("acme.yaml"), positions);
    JsonNode tree = new YamlDocument(profile, "", positions, problems).read().orElseThrow();
    Map<String, String> sources = new HashMap<>();
    for (String mark : marks) {
      sources.put(mark, "the manual");
    }
    ProfileReader.read(
        new Section(tree, JsonPointer.empty(), problems),
        new Source("acme.yaml", true, Optional.empty(), new Marks(sources, Set.of())));
    return problems.sorted();
  }

  @Test
  void noDeclineCountsAgainstAProvider() {
    assertThat(rules().filter(Rule::isAnswer))
        .hasSizeGreaterThan(200)
        .noneMatch(rule -> rule.routingHealth() || rule.slaFault());
    assertThatThrownBy(() ->
            new Rule(
                Category.DECLINE_SOFT,
                Fault.ISSUER,
                Money.REJECTED,
                Category.DECLINE_SOFT.action(),
                true,
                false,
                Set.of(),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysHowKeysAreGivenAndHowLongTheyLive() {
    Idempotency stripe = profiles.byName("stripe").idempotency();
    assertThat(stripe.key()).contains(new Place.Header("Idempotency-Key"));
    assertThat(stripe.lives()).contains(Duration.ofDays(1));
    assertThat(profiles.byName("adyen").idempotency().lives()).contains(Duration.ofDays(7));
    assertThat(profiles.byName("alipay").idempotency().lives()).isEmpty();
  }

  @Test
  void namesWhatIsSecret() {
    assertThat(profiles.byName("stripe").secrets().fields()).contains("number", "cvc");
    assertThat(profiles.byName("adyen").secrets().fields()).contains("encryptedSecurityCode");
    assertThat(profiles.byName("alipay").secrets().fields()).contains("sign", "auth_code");
    assertThat(profiles.byName("stripe").secrets().headers()).contains("Request-Id");
  }

  private Stream<Rule> rules() {
    return profiles.names().stream()
        .map(profiles::byName)
        .flatMap(profile -> Stream.concat(profile.errors().stream(), profile.outcomes().stream()))
        .flatMap(table -> table.rules().values().stream());
  }
}
