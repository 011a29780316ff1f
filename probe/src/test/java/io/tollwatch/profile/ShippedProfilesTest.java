package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedProfilesTest {

  private final Profiles profiles = Profiles.shipped();

  @ParameterizedTest
  @ValueSource(strings = {"adyen", "alipay", "stripe", "generic"})
  void everyFileKeepsToTheSchema(String name) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Resources.text("profile.schema.json"), InputFormat.JSON);
    assertThat(schema.validate(Resources.text(name + ".yaml"), InputFormat.YAML)).isEmpty();
    assertThat(profiles.byName(name).id()).isEqualTo(name + "@1");
  }

  @Test
  void theSchemaRefusesAnUnknownCategoryAndAnUnknownKey() {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Resources.text("profile.schema.json"), InputFormat.JSON);
    String broken =
        """
        name: x
        version: 1
        json: true
        colour: red
        errors:
          - at: $.code
            rules:
              a: {category: declined, fault: issuer}
        """;
    assertThat(schema.validate(broken, InputFormat.YAML)).hasSize(2);
  }

  @Test
  void providersWithoutAProfileUseTheGenericOne() {
    assertThat(profiles.byName("somebody")).isSameAs(profiles.generic());
    assertThat(profiles.names()).containsExactlyInAnyOrder("adyen", "alipay", "stripe", "generic");
  }

  @Test
  void noShippedRuleIsFinalYet() {
    assertThat(rules()).hasSizeGreaterThan(700);
    assertThat(rules()).allMatch(rule -> rule.finalSource().isEmpty());
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
    return Stream.of("adyen", "alipay", "stripe")
        .map(profiles::byName)
        .flatMap(profile -> Stream.concat(profile.errors().stream(), profile.outcomes().stream()))
        .flatMap(table -> table.rules().values().stream());
  }
}
