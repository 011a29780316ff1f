package io.tollwatch.verdict;

import static io.tollwatch.verdict.Judging.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Profiles;
import io.tollwatch.profile.ProfilesReading;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user's rule does to a verdict: it wins and says so, and never opens the gate (P1).
class UserRulesTest {

  private static final String DECLINED =
      "{\"error\":{\"type\":\"card_error\",\"decline_code\":\"lost_card\"}}";

  @TempDir Path folder;

  @Test
  void aShippedFinalRuleSaysWhereTheGatewayDocumentsIt() {
    Trail trail = Judging.judge("stripe", PAY, 402, DECLINED).trail();
    assertThat(trail.finalSource().orElseThrow()).contains("docs.stripe.com");
    assertThat(trail.at().orElseThrow()).matches("stripe\\.yaml:[0-9]+");
    assertThat(trail.byUser()).isFalse();
    assertThat(Judging.judge("stripe", Judging.CAPTURE, 402, DECLINED).trail().finalSource())
        .isEmpty();
    assertThat(Judging.judge("stripe", PAY, 500, DECLINED).trail().finalSource()).isEmpty();
  }

  @Test
  void aUsersRuleWinsSaysSoAndIsNeverFinal() throws IOException {
    Verdict verdict =
        judge(
            402,
            DECLINED,
            """
            errors:
              - at: $.error.decline_code
                rules:
                  lost_card: {category: decline_soft, fault: customer}
            """);
    assertThat(verdict.category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(verdict.judgedBy())
        .isEqualTo("stripe@7+" + Profiles.shipped().byName("stripe").id());
    assertThat(verdict.trail().at()).contains("mine.yaml:7");
    assertThat(verdict.trail().byUser()).isTrue();
    assertThat(verdict.trail().overruled()).contains("stripe/decline_code/lost_card");
    assertThat(verdict.trail().finalSource()).isEmpty();
  }

  @Test
  void aUsersSuccessNeedsTheMandatoryFieldsOfAShippedOne() throws IOException {
    String rule =
        """
        outcomes:
          - at: $.status
            operations: [pay]
            rules:
              fine: {category: succeeded, fault: none}
        """;
    String fields = ",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\"";
    assertThat(judge(200, "{\"status\":\"fine\"}", rule).money()).isEqualTo(Money.IN_DOUBT);
    assertThat(judge(200, "{\"status\":\"fine\",\"id\":\"pi_1\"" + fields + "}", rule).money())
        .isEqualTo(Money.SUCCEEDED);
  }

  @Test
  void aUsersHintCantHideTheGatewaysDoubt() throws IOException {
    Profile profile =
        profile(
            "adyen",
            """
            hints:
              - {at: header transient-error, action: none}
            """);
    Verdict verdict =
        Judging.CLASSIFIER.judge(
            profile,
            PAY,
            Observation.answered(
                422,
                Fields.of("transient-error", "true"),
                Judging.whole("{\"errorCode\":\"100\"}")));
    assertThat(verdict.money()).isEqualTo(Money.IN_DOUBT);
  }

  private Verdict judge(int status, String body, String rules) throws IOException {
    return Judging.CLASSIFIER.judge(
        profile("stripe", rules),
        PAY,
        Observation.answered(status, Fields.none(), Judging.whole(body)));
  }

  private Profile profile(String name, String rules) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "name: %s\nversion: 7\nextends: %s\n%s".formatted(name, name, rules));
    ProfilesReading reading = Profiles.of(Judging.PROFILES, List.of(file));
    assertThat(reading).isInstanceOf(ProfilesReading.Valid.class);
    return ((ProfilesReading.Valid) reading).profiles().byName(name);
  }
}
