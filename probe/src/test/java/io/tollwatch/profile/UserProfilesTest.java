package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.document.FileProblem;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users' own profile files: what they may add, what they may not, and that every problem of theirs
/// is named in one run.
class UserProfilesTest {

  private static final Profiles SHIPPED = Profiles.shipped();

  @TempDir Path folder;

  @Test
  void addsAProfileWithoutBuildingAnything() {
    Profile profile =
        valid(
                """
                name: acme
                version: 4
                answers: [xml]
                routes:
                  - {method: POST, paths: [/pay], operation: pay}
                errors:
                  - at: $.reply.code
                    rules:
                      "51": {category: decline_soft, fault: customer}
                """)
            .byName("acme");
    assertThat(profile.id()).isEqualTo("acme@4");
    assertThat(profile.route("POST", "/pay", () -> "", "").operation()).isEqualTo(Operation.PAY);
    Rule rule = Objects.requireNonNull(profile.errors().getFirst().rules().get("51"));
    assertThat(rule.origin()).contains(new Origin("mine.yaml", 9, false));
    assertThat(rule.isShipped()).isFalse();
    assertThat(profile.idempotency().proven()).isFalse();
  }

  @Test
  void tablesMayShareRulesAndChangeThemForThemselves() {
    List<CodeTable> errors =
        valid(
                """
                name: acme
                version: 1
                sets:
                  codes:
                    a: {category: decline_soft, fault: issuer}
                    b: {category: decline_hard, fault: issuer}
                errors:
                  - at: $.json.code
                    rules-of: codes
                  - at: $.xml.code
                    rules-of: codes
                    rules:
                      b: {category: fraud_block, fault: fraud}
                  - at: $.network
                    rules-of: networks/visa
                """)
            .byName("acme")
            .errors();
    assertThat(errors.getFirst().rules()).containsOnlyKeys("a", "b");
    assertThat(rule(errors.get(0), "b").category()).isEqualTo(Category.DECLINE_HARD);
    assertThat(rule(errors.get(1), "a").origin()).contains(new Origin("mine.yaml", 5, false));
    assertThat(rule(errors.get(1), "b").category()).isEqualTo(Category.FRAUD_BLOCK);
    assertThat(rule(errors.get(2), "51").category()).isEqualTo(Category.DECLINE_SOFT);
    assertThat(rule(errors.get(2), "51").isShipped()).isFalse();
  }

  private static Rule rule(CodeTable table, String code) {
    return Objects.requireNonNull(table.rules().get(code));
  }

  @Test
  void aSetThatIsNotThereAndATableWithoutRulesAreProblems() {
    assertThat(
            problems(
                """
                name: acme
                version: 1
                errors:
                  - at: $.code
                    rules-of: codes
                  - at: $.network
                    rules-of: networks/visas
                  - at: $.other
                """))
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly(
            "5 errors[0].rules-of names no set of rules",
            "7 errors[1].rules-of names no set of rules",
            "8 errors[2].at has a table without rules");
  }

  @Test
  void aRouteMayDependOnWhatTheRequestSays() {
    Profile profile =
        valid(
                """
                name: acme
                version: 1
                routes:
                  - {method: POST, paths: [/api], when: {$.kind: [ask]}, operation: query}
                  - {method: POST, paths: [/api], requires: [$.amount], operation: pay}
                """)
            .byName("acme");
    assertThat(operation(profile, "{\"kind\":\"ask\"}")).isEqualTo(Operation.QUERY);
    assertThat(operation(profile, "{\"kind\":\"take\",\"amount\":1}")).isEqualTo(Operation.PAY);
    assertThat(operation(profile, "{\"kind\":\"take\"}")).isEqualTo(Operation.OTHER);
  }

  private static Operation operation(Profile profile, String body) {
    return profile.route("POST", "/api", () -> body, "application/json").operation();
  }

  @Test
  void anExtensionComesFirstAndKeepsWhatIsShipped() {
    Profiles profiles =
        valid(
            """
            name: stripe
            version: 2
            extends: stripe
            routes:
              - {method: POST, paths: [/v1/mine], operation: other, moves-money: false}
            errors:
              - at: $.error.decline_code
                rules:
                  our_own: {category: fraud_block, fault: fraud}
            secrets: {fields: [my_secret]}
            """);
    Profile profile = profiles.byName("stripe");
    assertThat(profile.id()).isEqualTo("stripe@2+" + Profiles.shipped().byName("stripe").id());
    assertThat(profile.errors().getFirst().shipped()).isFalse();
    assertThat(profile.errors()).hasSize(SHIPPED.byName("stripe").errors().size() + 1);
    assertThat(profile.idempotency()).isEqualTo(SHIPPED.byName("stripe").idempotency());
    assertThat(profile.secrets().fields()).contains("my_secret", "cvc");
    assertThat(profile.route("POST", "/v1/mine", () -> "", "").movesMoney()).isFalse();
    assertThat(profile.knows(Place.of("$.error.decline_code"), "our_own")).isTrue();
    assertThat(profiles.byName("adyen")).isSameAs(SHIPPED.byName("adyen"));
  }

  @Test
  void anExtensionCantCallHarmlessWhatAShippedRouteCallsMoving() {
    Profile profile =
        valid(
                """
                name: stripe
                version: 2
                extends: stripe
                routes:
                  - {method: "*", paths: ["/v1/*"], operation: query, moves-money: false}
                """)
            .byName("stripe");
    assertThat(profile.route("POST", "/v1/charges", () -> "", "").movesMoney()).isTrue();
    assertThat(profile.route("POST", "/v1/charges", () -> "", "").operation())
        .isEqualTo(Operation.PAY);
    assertThat(profile.route("POST", "/v1/topups", () -> "", "").movesMoney()).isFalse();
  }

  @Test
  void namesEveryProblemInOneRun() {
    assertThat(
            problems(
                """
                name: acme
                version: 1
                colour: red
                errors:
                  - at: $.code[0]
                    rules:
                      a: {category: declined_soft, fault: issuer}
                  - at: $.code
                    rules:
                      a: {category: decline_soft, fault: issuer, final-source: here}
                      a: {category: decline_hard, fault: issuer}
                      b: {category: succeeded, fault: none}
                  - at: $.code
                    when: {$.code: [c]}
                    rules:
                      a: {category: pending, fault: none}
                outcomes:
                  - at: $.state
                    rules:
                      paid: {category: succeeded, fault: none}
                cannot-move:
                  - {why: account, at: $.account, matches: "("}
                lookup:
                  calls:
                    - {method: GET, path: /x, state: $.state, states: {paid: done}}
                idempotency: {lives: P1D}
                secrets: {exempt: [$.id]}
                """))
        .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
        .containsExactly(
            "3:1 unknown key 'colour'",
            "5:9 errors[0].at is not a place",
            "7:21 errors[0].rules.a.category is not a category",
            "10:50 unknown key 'final-source' in errors[1].rules.a",
            "11:7 key 'a' is set twice",
            "12:10 errors[1].rules.b is a success",
            "16:10 errors[2].rules.a is never reached: its table's own condition excludes it",
            "18:9 outcomes[0].at leads to a success without mandatory fields",
            "22:44 cannot-move[0].matches is no pattern: missing closing )",
            "25:62 lookup.calls[0].states.paid is not what a state means",
            "26:22 idempotency.lives is not a duration",
            "27:11 secrets.exempt stands only in shipped profiles");
  }

  @Test
  void namesTheNearestWordThatIsKnown() {
    assertThat(
            problems(
                """
                name: mine
                version: 1
                extends: strpe
                errors:
                  - at: $.code
                    rules:
                      a: {category: declined_soft, fault: issuer}
                """))
        .extracting(FileProblem::hint)
        .containsExactly("did you mean stripe?", "did you mean decline_soft?");
  }

  @Test
  void aRuleThatAnEarlierTableAlwaysDecidesIsAProblem() {
    assertThat(
            problems(
                """
                name: acme
                version: 1
                errors:
                  - at: $.code
                    statuses: [402]
                    rules:
                      a: {category: decline_soft, fault: issuer}
                  - at: $.code
                    rules:
                      a: {category: decline_hard, fault: issuer}
                  - at: $.code
                    statuses: [402, 422]
                    rules:
                      a: {category: fraud_block, fault: fraud}
                      c: {category: fraud_block, fault: fraud}
                """))
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactly("14 errors[2].rules.a is never reached: the table in line 8 decides");
  }

  @Test
  void whatTheGateReliesOnCantBeChangedByAnExtension() {
    assertThat(
            problems(
                """
                name: stripe
                version: 1
                extends: stripe
                answers: [json]
                idempotency: {lives: 90d}
                lookup: {repeat: true}
                amounts: {unit: major}
                """))
        .hasSize(4)
        .allMatch(problem -> problem.message().endsWith("can't be changed by an extension"));
    assertThat(problems("name: stripe\nversion: 1\n"))
        .extracting(FileProblem::hint)
        .containsExactly("add extends: stripe");
  }

  @Test
  void twoFilesOfOneNameAreAProblemAndSoIsAMissingOne() {
    Path one = write("one.yaml", "name: acme\nversion: 1\n");
    Path two = write("two.yaml", "name: acme\nversion: 2\n");
    ProfilesReading reading = Profiles.of(SHIPPED, List.of(one, two, folder.resolve("none.yaml")));
    assertThat(((ProfilesReading.Invalid) reading).problems())
        .extracting(FileProblem::message)
        .containsExactly("a profile of this name is in " + one + " too", "there is no such file");
  }

  private Profiles valid(String yaml) {
    ProfilesReading reading = Profiles.of(SHIPPED, List.of(write("mine.yaml", yaml)));
    assertThat(reading).isInstanceOf(ProfilesReading.Valid.class);
    return ((ProfilesReading.Valid) reading).profiles();
  }

  private List<FileProblem> problems(String yaml) {
    ProfilesReading reading = Profiles.of(SHIPPED, List.of(write("mine.yaml", yaml)));
    assertThat(reading).isInstanceOf(ProfilesReading.Invalid.class);
    return ((ProfilesReading.Invalid) reading).problems();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
