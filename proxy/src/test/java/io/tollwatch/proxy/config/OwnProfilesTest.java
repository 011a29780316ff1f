package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Profiles of users' own, as a configuration file names them.
class OwnProfilesTest {

  private static final String ACME =
      """
      name: acme
      version: 3
      errors:
        - at: $.code
          rules: {broke: {category: decline_soft, fault: issuer}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void profiles() throws IOException {
    Files.createDirectories(folder.resolve("profiles"));
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve("profiles").resolve(name), yaml);
  }

  private Configuration valid(String yaml) {
    return new ReadingFixture(folder).valid(yaml);
  }

  private List<String> problems(String yaml) {
    return new ReadingFixture(folder).problems(yaml);
  }

  @Test
  void areFoundFromTheFolderOfTheConfiguration() throws IOException {
    write("acme.yaml", ACME);
    Configuration read =
        valid(
            """
            profiles: [profiles/acme.yaml]
            providers:
              acme: {url: "https://acme.example"}
              acme-eu: {url: "https://eu.acme.example", profile: acme}
              other: {url: "https://other.example"}
            """);
    assertThat(read.profiles().ownNames()).containsExactly("acme");
    assertThat(read.profiles().byName("acme").id()).isEqualTo("acme@3");
    assertThat(read.provider("acme").orElseThrow().profile()).isEqualTo("acme");
    assertThat(read.provider("acme-eu").orElseThrow().profile()).isEqualTo("acme");
    assertThat(read.provider("other").orElseThrow().profile()).isEqualTo("generic");
  }

  @Test
  void thatExtendAShippedOneUnderItsNameTakeItsPlace() throws IOException {
    write("ours.yaml", "extends: stripe\n" + ACME.replace("acme", "stripe"));
    assertThat(valid("profiles: [profiles/ours.yaml]").profiles().byName("stripe").id())
        .startsWith("stripe@3+stripe@");
  }

  @Test
  void tellAllTheirProblemsInOneRunWithThoseOfTheConfiguration() throws IOException {
    write("one.yaml", ACME.replace("decline_soft", "declined").replace("$.code", "code"));
    write("two.yaml", "name: two\nversion: 1\nerors: []\n");
    String one = folder.resolve("profiles/one.yaml") + ":";
    String two = folder.resolve("profiles/two.yaml") + ":";
    assertThat(
            problems(
                """
                profiles: [profiles/one.yaml, profiles/two.yaml, profiles/gone.yaml]
                drain: 11m
                providers: {acme: {url: "https://acme.example", profile: acme}}
                """))
        .satisfiesExactly(
            each ->
                assertThat(each)
                    .startsWith("1:50: profiles[2]: there is no such file; name a profile file"),
            each -> assertThat(each).startsWith("2:8: drain is out of range"),
            each -> assertThat(each).startsWith(one + "4:9: "),
            each -> assertThat(each).startsWith(one + "5:31: "),
            each -> assertThat(each).startsWith(two + "3:1: "));
  }

  @Test
  void aProviderWithAProfileThatIsNowhereIsStillAProblem() throws IOException {
    write("acme.yaml", ACME);
    assertThat(
            problems(
                """
                profiles: [profiles/acme.yaml]
                providers: {a: {url: "https://a.example", profile: acmee}}
                """))
        .singleElement()
        .asString()
        .contains("providers.a.profile names no known profile; did you mean acme?");
  }
}
