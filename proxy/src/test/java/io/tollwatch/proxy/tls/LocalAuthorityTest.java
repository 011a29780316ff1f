package io.tollwatch.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept on disk, and when it is made, kept, made anew or refused.
class LocalAuthorityTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  @TempDir Path temp;
  private final SettableClock clock = new SettableClock(NOW);

  @Test
  void isMadeOnFirstUseAndSaysWhatClientsMustTrust() {
    Opening.Opened opened = open(HOSTS);

    assertThat(opened.authority().rootFile()).isEqualTo(folder().resolve("ca.pem")).exists();
    assertThat(opened.news())
        .hasValueSatisfying(news -> assertThat(news).contains("was made", "ca.pem"));
  }

  @Test
  void keepsTheKeyForItsOwnerOnly() throws IOException {
    open(HOSTS);

    assertThat(mode(folder())).isEqualTo("rwx------");
    assertThat(mode(folder().resolve("ca-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(folder().resolve("ca.pem"))).isEqualTo("rw-r--r--");
    assertThat(files().keySet()).containsExactly("ca-key.pem", "ca.pem");
    assertThat(files().get("ca-key.pem")).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(files().get("ca.pem")).doesNotContain("PRIVATE");
  }

  @Test
  void isTheSameWhenOpenedAgain() throws IOException {
    open(HOSTS);
    Map<String, String> before = files();

    Opening.Opened again = open(HOSTS);
    Opening.Opened withFewerNames = open(Set.of("localhost"));

    assertThat(again.news()).isEmpty();
    assertThat(withFewerNames.news()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void isMadeAnewForAFurtherNameAndKeepsTheOldOneAside() throws IOException {
    open(HOSTS);
    Map<String, String> before = files();

    Opening.Opened wider = open(Set.of("localhost", "api.stripe.com"));

    assertThat(wider.news())
        .hasValueSatisfying(
            news -> assertThat(news).contains("made anew", "trust", "ca-20260301T100000Z.pem"));
    assertThat(files())
        .containsEntry("ca-20260301T100000Z.pem", before.get("ca.pem"))
        .containsEntry("ca-key-20260301T100000Z.pem", before.get("ca-key.pem"))
        .hasSize(4);
    assertThat(files().get("ca.pem")).isNotEqualTo(before.get("ca.pem"));
    assertThat(mode(folder().resolve("ca-key-20260301T100000Z.pem"))).isEqualTo("rw-------");
    assertThat(open(Set.of("api.stripe.com")).news()).isEmpty();
  }

  @Test
  void isMadeAnewBeforeItEnds() throws IOException {
    open(HOSTS);
    String before = files().getOrDefault("ca.pem", "");
    clock.set(Instant.parse("2035-12-15T10:00:00Z"));

    Opening.Opened opened = open(HOSTS);

    assertThat(opened.news())
        .hasValueSatisfying(news -> assertThat(news).contains("ends on 2036-03-01"));
    assertThat(files().get("ca.pem")).isNotEqualTo(before);
  }

  @Test
  void writesTheRootAgainWhenItWasLostBetweenTheTwoFiles() throws IOException {
    open(HOSTS);
    Map<String, String> before = files();
    Files.delete(folder().resolve("ca.pem"));

    Opening.Opened opened = open(HOSTS);

    assertThat(opened.news())
        .hasValueSatisfying(news -> assertThat(news).contains("written again"));
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
  void refusesACorruptedKeyAndLeavesTheFilesAlone(String content) throws IOException {
    open(HOSTS);
    Files.writeString(folder().resolve("ca-key.pem"), content);

    assertRefusedUntouched("does not hold a key");
  }

  @Test
  void refusesACutKeyFileAndLeavesTheFilesAlone() throws IOException {
    open(HOSTS);
    String whole = files().getOrDefault("ca-key.pem", "");
    Files.writeString(folder().resolve("ca-key.pem"), whole.substring(0, whole.length() / 2));

    assertRefusedUntouched("does not hold a key");
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IOException {
    open(HOSTS);
    String end = "-----END PRIVATE KEY-----\n";
    String first = files().getOrDefault("ca-key.pem", "");
    open(Set.of("api.stripe.com"));
    String second = files().getOrDefault("ca-key.pem", "");
    String mixed = first.substring(0, first.indexOf(end)) + second.substring(second.indexOf(end));
    Files.writeString(folder().resolve("ca-key.pem"), mixed);

    assertRefusedUntouched("does not hold a key");
  }

  @Test
  void refusesAKeyThatOthersCanRead() throws IOException {
    open(HOSTS);
    Files.setPosixFilePermissions(
        folder().resolve("ca-key.pem"), PosixFilePermissions.fromString("rw-r-----"));

    assertRefusedUntouched("chmod 600");
  }

  @Test
  void refusesAFolderThatIsOpenToOthers() throws IOException {
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertRefusedUntouched("chmod 700");
  }

  @Test
  void refusesARootWithoutItsKey() throws IOException {
    open(HOSTS);
    Files.delete(folder().resolve("ca-key.pem"));

    assertRefusedUntouched("restore the key");
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Files.writeString(folder(), "not a folder");

    assertThat(LocalAuthority.open(folder(), HOSTS, clock)).isInstanceOf(Opening.Unusable.class);
    assertThat(folder()).hasContent("not a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*.example.com", "a b", "-a", "[localhost]", "a..b", "10.0.0.0/8"})
  void refusesWhatIsNoName(String host) {
    Opening opening = LocalAuthority.open(folder(), Set.of("localhost", host), clock);

    assertThat(opening)
        .isInstanceOfSatisfying(
            Opening.Unusable.class,
            unusable -> assertThat(unusable.reason()).startsWith("\"" + host + "\" is neither"));
    assertThat(folder()).doesNotExist();
  }

  @Test
  void refusesNoNamesAtAll() {
    assertThat(LocalAuthority.open(folder(), Set.of(), clock)).isInstanceOf(Opening.Unusable.class);
  }

  @Test
  void issuesForNoOtherNames() {
    LocalAuthority authority = open(Set.of("localhost")).authority();

    assertThatIllegalArgumentException().isThrownBy(() -> authority.issue(Set.of("example.com")));
    assertThatIllegalArgumentException().isThrownBy(() -> authority.issue(Set.of("127.0.0.1")));
  }

  @Test
  void issuesForNinetyDaysAndALittleBefore() {
    ListenerCertificate issued = open(HOSTS).authority().issue(Set.of("localhost"));

    assertThat(issued.certificate().getNotBefore().toInstant()).isEqualTo("2026-03-01T09:00:00Z");
    assertThat(issued.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    assertThat(issued.freshAt(NOW.plus(Duration.ofDays(59)))).isTrue();
    assertThat(issued.freshAt(NOW.plus(Duration.ofDays(61)))).isFalse();
  }

  @Test
  void neverShowsAKeyAsText() {
    LocalAuthority authority = open(HOSTS).authority();

    assertThat(authority.issue(HOSTS).toString()).doesNotContainIgnoringCase("private");
    assertThat(authority.toString()).doesNotContainIgnoringCase("private");
  }

  private Path folder() {
    return temp.resolve("authority");
  }

  private Opening.Opened open(Set<String> hosts) {
    Opening opening = LocalAuthority.open(folder(), hosts, clock);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return (Opening.Opened) opening;
  }

  private void assertRefusedUntouched(String sentence) throws IOException {
    Map<String, String> before = files();

    Opening opening = LocalAuthority.open(folder(), HOSTS, clock);

    assertThat(opening)
        .isInstanceOfSatisfying(
            Opening.Unusable.class,
            unusable -> assertThat(unusable.reason()).contains(sentence, folder().toString()));
    assertThat(files()).isEqualTo(before);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder())) {
      for (Path file : all.toList()) {
        contents.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.US_ASCII));
      }
    }
    return contents;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
