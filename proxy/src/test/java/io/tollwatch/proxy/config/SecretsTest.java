package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @TempDir Path folder;
  private ReadingFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ReadingFixture(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk_live_1",
        "{sk_live_1: x}",
        "{env: sk_live_1}",
        "{env: STRIPE_KEY, prefix: \"Bearer sk_live_1\"}",
        "[sk_live_1]",
        "{env: {sk_live_1: x}}"
      })
  void neverRepeatsALiteralCredential(String value) {
    assertThat(fixture.problems("providers: {stripe: {headers: {Authorization: " + value + "}}}\n"))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("1:"))
        .noneMatch(problem -> problem.contains("sk_live_1"));
  }

  @Test
  void saysWhatToWriteInsteadOfALiteral() {
    assertThat(fixture.problems("egress:\n  client-token: abc\n"))
        .containsExactly(
            "2:17: egress.client-token holds a literal value where a reference to a secret belongs;"
                + " write {env: NAME} or {file: /path}, with the secret itself outside this file");
    assertThat(fixture.problems("egress:\n  client-token: {env: A, file: b}\n"))
        .singleElement()
        .asString()
        .startsWith("2:17: egress.client-token needs either env or file");
  }

  @Test
  void saysWhyAnEnvironmentVariableCantBeUsed() {
    assertThat(fixture.problems("egress: {client-token: {env: ABSENT}}\n"))
        .containsExactly(
            "1:24: egress.client-token: environment variable ABSENT is not set; "
                + "set it before the start, or refer to a file with {file: /path}");
    assertThat(fixture.problems("egress: {client-token: {env: NONE}}\n"))
        .containsExactly(
            "1:24: egress.client-token: environment variable NONE is empty; put the secret there");
    assertThat(fixture.problems("egress: {client-token: {env: BROKEN}}\n"))
        .containsExactly(
            "1:24: egress.client-token: the secret in environment variable BROKEN holds a control"
                + " character; keep it on one line, without tabs");
  }

  @Test
  void readsAFileWithoutItsLineEnd() throws Exception {
    Path file = secretFile("a-token\r\n", "rw-r-----");
    assertThat(fixture.valid(tokenFrom(file)).egress().clientToken())
        .contains(new Secret("a-token"));
  }

  @Test
  void refusesAFileThatEverybodyCanRead() throws Exception {
    Path file = secretFile("a-token", "rw-r--r--");
    assertThat(fixture.problems(tokenFrom(file)))
        .containsExactly(
            "1:24: egress.client-token: everybody can read " + file + "; chmod 600 " + file);
  }

  @Test
  void refusesFilesThatHoldNoUsableSecret() throws Exception {
    assertThat(fixture.problems(tokenFrom(folder.resolve("missing")))).hasSize(1);
    assertThat(fixture.problems(tokenFrom(secretFile("\n", "rw-------")))).hasSize(1);
    assertThat(fixture.problems(tokenFrom(secretFile("a\nb", "rw-------")))).hasSize(1);
    assertThat(fixture.problems(tokenFrom(secretFile("a\0b", "rw-------")))).hasSize(1);
    assertThat(fixture.problems(tokenFrom(secretFile(" a", "rw-------")))).hasSize(1);
    assertThat(fixture.problems(tokenFrom(secretFile("ä", "rw-------")))).hasSize(1);
    assertThat(fixture.problems("egress: {client-token: {file: \"a\\0b\"}}\n"))
        .containsExactly(
            "1:31: egress.client-token.file is not a path; write the path of a file or folder");
  }

  @Test
  void aSecretShowsAndComparesItselfSafely() {
    Secret secret = new Secret("abc");
    assertThat(secret)
        .hasToString("***")
        .isEqualTo(new Secret("abc"))
        .hasSameHashCodeAs(new Secret("x"));
    assertThat(secret.matches("abc")).isTrue();
    assertThat(secret.matches("abd")).isFalse();
    assertThat(secret.matches("")).isFalse();
    assertThat(new SecretHeader("Authorization", "Bearer ", secret).toString())
        .doesNotContain("abc");
  }

  private Path secretFile(String content, String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String tokenFrom(Path file) {
    return "egress: {client-token: {file: \"" + file + "\"}}\n";
  }
}
