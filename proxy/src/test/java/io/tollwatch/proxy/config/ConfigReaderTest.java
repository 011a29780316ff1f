package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.document.FileProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  @TempDir Path folder;
  private ReadingFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ReadingFixture(folder);
  }

  @Test
  void readsAllThatAFileSays() {
    Configuration configuration =
        fixture.valid(
            """
            data: /var/lib/tollwatch
            egress: {port: 0, client-token: {env: TOLLWATCH_TOKEN}, allow-from: [10.0.0.0/8]}
            drain: 250ms
            capture-limit: 1MiB
            ledger: {max-age: 30d}
            providers:
              stripe-eu:
                profile: stripe
                url: https://api.stripe.com/base/
                headers: {Authorization: {env: STRIPE_KEY, prefix: "Bearer "}}
                on-client-gone: cancel
                duplicates: refuse
                listen: {port: 9410, tls: true, hosts: [api.stripe.com]}
            """);

    assertThat(configuration.data()).isEqualTo(Path.of("/var/lib/tollwatch"));
    assertThat(configuration.egress().port()).isZero();
    assertThat(configuration.egress().clientToken()).contains(new Secret("a-token"));
    assertThat(configuration.drain()).isEqualTo(Duration.ofMillis(250));
    assertThat(configuration.captureLimit().bytes()).isEqualTo(1 << 20);
    assertThat(configuration.ledger().maxAge()).contains(Duration.ofDays(30));
    ProviderConfig provider = configuration.provider("stripe-eu").orElseThrow();
    assertThat(provider.url()).hasToString("https://api.stripe.com/base");
    assertThat(provider.headers())
        .singleElement()
        .returns("Bearer sk_test_key", SecretHeader::value);
    assertThat(provider.onClientGone()).isEqualTo(OnClientGone.CANCEL);
    assertThat(provider.duplicates()).isEqualTo(Duplicates.REFUSE);
    assertThat(provider.requireClientToken()).isTrue();
    assertThat(provider.listen()).get().returns(true, ProviderListener::tls);
    assertThat(configuration.toString()).doesNotContain("sk_test_key", "a-token");
  }

  @Test
  void reportsProblemsOfAllKindsInOneRunInTheOrderOfTheirPlaces() {
    assertThat(
            fixture.problems(
                """
                egres: {port: 1}
                egress:
                  port: "9400"
                  idle-timeout: 5
                  max-connections: 0
                  hosts: ["localhost:9400"]
                drain: 11m
                capture-limit: 64KB
                providers:
                  stripe:
                    respons-timeout: 5s
                    on-client-gone: ignore
                    listen: {}
                  Acme: {url: "https://acme.example"}
                  metrics: {url: "https://acme.example"}
                  other: {url: "ftp://acme.example", profile: strip}
                """))
        .containsExactly(
            "1:1: unknown key 'egres'; did you mean egress?",
            "3:9: egress.port is text, not a port; write a whole number from 0 to 65535 without"
                + " quotes",
            "4:17: egress.idle-timeout is a number, not a duration; "
                + "write a whole number and its unit (ms, s, m, h, d), such as 250ms, 5s or 30d",
            "5:20: egress.max-connections is out of range; use a value from 1 to 65536",
            "6:11: egress.hosts[0] is not a host name without port; "
                + "write a host name without port such as localhost, 127.0.0.1 or \"[::1]\"",
            "7:8: drain is out of range; use a value from 0s to 10m",
            "8:16: capture-limit is not a size; "
                + "write a whole number and its unit (B, KiB, MiB, GiB), such as 512B or 64KiB",
            "11:5: unknown key 'respons-timeout' in providers.stripe; did you mean"
                + " response-timeout?",
            "12:21: providers.stripe.on-client-gone is not finish or cancel; write finish or"
                + " cancel",
            "13:5: providers.stripe.listen has no port; add port",
            "14:3: 'Acme' is not a provider name; write lower-case letters, digits and hyphens, "
                + "at most 63, beginning with a letter or digit",
            "15:3: providers.metrics has a name that Tollwatch uses itself; choose another name",
            "16:16: providers.other.url is not a base URL; "
                + "write a URL such as https://api.example.com or https://api.example.com/base",
            "16:47: providers.other.profile names no known profile; did you mean stripe?");
  }

  @Test
  void saysWhereTheSyntaxIsWrongWithoutQuotingTheFile() {
    assertThat(fixture.problems("egress:\n  port: 1\n sk_live_1: x\n"))
        .singleElement()
        .asString()
        .startsWith("3:2: not valid YAML: expected <block end>")
        .doesNotContain("sk_live");
    assertThat(fixture.problems("data: \"sk_live_1\n"))
        .singleElement()
        .asString()
        .startsWith("2:1: not valid YAML: found unexpected end of stream");
    assertThat(fixture.problems("data: a\ndrain: \u0007\n"))
        .containsExactly(
            "2:8: not valid YAML: a character that YAML does not allow; "
                + "check the indentation, quotes and brackets here and just above");
  }

  @Test
  void findsEveryKeyThatIsSetTwice() {
    assertThat(fixture.problems("drain: 5s\ndrain: 6s\nlog: {per-minute: 1, per-minute: 2}\n"))
        .containsExactly(
            "2:1: key 'drain' is set twice; first set in line 1, keep one of the two",
            "3:22: key 'per-minute' is set twice; first set in line 3, keep one of the two");
  }

  @Test
  void refusesAnchorsAliasesAndTagsWithoutExpandingThem() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(fixture.problems(bomb.toString()))
        .contains(
            "1:5: an anchor (&name) is not allowed here; write the value itself",
            "40:12: an alias (*name) is not allowed here; write the value itself");
    assertThat(fixture.problems("data: !!binary aGk=\n"))
        .containsExactly("1:7: a tag (!name) is not allowed here; write the value itself");
  }

  @Test
  void refusesDeepNestingAndSecondDocuments() {
    assertThat(fixture.problems("data: " + "[".repeat(10_000)))
        .singleElement()
        .asString()
        .startsWith("1:23: not valid YAML: nested more than 16 levels deep");
    assertThat(fixture.problems("drain: 5s\n---\ndrain: 6s\n"))
        .singleElement()
        .asString()
        .startsWith("2:1: not valid YAML: a second document begins here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing but a comment\n"})
  void refusesAFileWithoutSettings(String yaml) {
    assertThat(fixture.problems(yaml))
        .singleElement()
        .asString()
        .startsWith("1:1: the file holds no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"just text", "[1, 2]", "5", "null", "? [a]\n: b\n", "providers: [a]", "egress: 5"})
  void refusesWhatIsNoMapOfSettings(String yaml) {
    assertThat(fixture.problems(yaml)).isNotEmpty();
  }

  @Test
  void saysWhatAKeyWithoutValueNeeds() {
    assertThat(fixture.problems("providers:\n"))
        .containsExactly("1:11: providers has no value; give it one, or remove the key");
  }

  @Test
  void refusesNumbersInOtherForms() {
    assertThat(
            fixture.problems(
                "egress: {port: 0x1F}\nadmin: {port: 1e999999999}\nlog: {per-minute: .inf}\n"))
        .hasSize(3)
        .allMatch(problem -> problem.contains("write a whole number"));
  }

  @Test
  void saysThatAFileIsMissingOrNotText() throws Exception {
    ConfigReader reader = new ConfigReader(Map.of());
    Path missing = folder.resolve("missing.yaml");
    assertThat(reader.read(missing))
        .isEqualTo(
            new ConfigReading.Invalid(
                List.of(
                    new FileProblem(
                        missing,
                        1,
                        1,
                        "there is no such file",
                        "name a configuration file that exists"))));
    Path latin =
        Files.write(
            folder.resolve("latin.yaml"), "a: 1\nb: ü".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(reader.read(latin))
        .isEqualTo(
            new ConfigReading.Invalid(
                List.of(
                    new FileProblem(
                        latin, 2, 4, "a byte that is not UTF-8", "save the file as UTF-8"))));
  }

  @Test
  void keepsMessagesFreeOfControlCharacters() {
    assertThat(fixture.problems("\"x\\e[31m\\n\": 1\n"))
        .singleElement()
        .asString()
        .startsWith("1:1: unknown key 'x?[31m?'");
  }

  @Test
  void findsTheRightPlaceUnderKeysWithSlashesAndTildes() {
    assertThat(
            fixture.problems(
                "providers:\n  a/b~c:\n    pool-size: 0\n    url: https://a.example\n"))
        .anyMatch(problem -> problem.startsWith("3:16: providers.a/b~c.pool-size is out of range"));
  }

  @Test
  void answersWithProblemsWhereverAFileIsDamaged() {
    String example = ConfigSchema.resource("tollwatch.example.yaml");
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      int at = random.nextInt(example.length() - 50);
      char other = " :{}[]\"'&*!|>%@#-,x0\n\t\0".charAt(random.nextInt(23));
      String damaged = example.substring(0, at) + other + example.substring(at + 1 + i % 40);
      if (fixture.read(damaged) instanceof ConfigReading.Invalid invalid) {
        assertThat(invalid.problems())
            .allMatch(problem -> problem.line() <= damaged.lines().count() + 1)
            .allMatch(problem -> problem.column() >= 1);
      }
    }
  }
}
