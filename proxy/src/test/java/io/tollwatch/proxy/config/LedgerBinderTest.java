package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.document.SizeText;
import io.tollwatch.ledger.journal.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerBinderTest {

  @TempDir Path folder;
  private ReadingFixture fixture = new ReadingFixture(Path.of("."));

  @BeforeEach
  void prepare() {
    fixture = new ReadingFixture(folder);
  }

  @Test
  void readsAllThatAFileSays() {
    LedgerConfig ledger =
        fixture
            .valid(
                """
                ledger:
                  strict: true
                  durability: fsync
                  url: jdbc:postgresql://db.local:5432/tollwatch?sslmode=verify-full
                  user: tollwatch
                  password: {env: TOLLWATCH_DB_PASSWORD}
                  max-age: 90d
                  bodies-max-age: 7d
                  max-size: 10GiB
                  journal: {max-size: 2GiB, keep-age: 1d, keep-size: 512MiB}
                """)
            .ledger();
    assertThat(ledger.strict()).isTrue();
    assertThat(ledger.durability()).isEqualTo(Durability.FSYNC);
    assertThat(ledger.url().orElseThrow().text()).startsWith("jdbc:postgresql://db.local:5432/");
    assertThat(ledger.user()).hasValue("tollwatch");
    assertThat(ledger.password().orElseThrow().reveal()).isEqualTo("a-password");
    assertThat(ledger.maxAge()).hasValue(Duration.ofDays(90));
    assertThat(ledger.bodiesMaxAge()).hasValue(Duration.ofDays(7));
    assertThat(ledger.maxSize()).hasValue(new SizeText(10L << 30));
    assertThat(ledger.journal())
        .isEqualTo(
            new JournalConfig(new SizeText(2L << 30), Duration.ofDays(1), new SizeText(512 << 20)));
  }

  @Test
  void isStrictAboutNothingWhereNothingIsSaid() {
    assertThat(fixture.valid("drain: 5s\n").ledger()).isEqualTo(LedgerConfig.defaults());
    assertThat(LedgerConfig.defaults().url()).isEqualTo(Optional.empty());
  }

  @Test
  void refusesUrlsOfOtherDatabasesAndSecretsInThem() {
    assertThat(fixture.problems("ledger: {url: \"jdbc:h2:mem:x;INIT=RUNSCRIPT\"}\n"))
        .singleElement()
        .asString()
        .startsWith("1:15: ledger.url ")
        .contains("write jdbc:postgresql://HOST:PORT/DATABASE");
    assertThat(
            fixture.problems(
                "ledger: {url: \"jdbc:postgresql://a/b?socketFactory=x.Y&password=hunter2\"}\n"))
        .singleElement()
        .asString()
        .doesNotContain("hunter2");
  }

  @Test
  void refusesAPasswordForNoDatabase() {
    assertThat(
            fixture.problems(
                """
                ledger:
                  user: tollwatch
                  password: {env: TOLLWATCH_DB_PASSWORD}
                """))
        .containsExactly(
            "2:3: ledger.user is for a database that no url names; set ledger.url, or remove it",
            "3:3: ledger.password is for a database that no url names;"
                + " set ledger.url, or remove it");
  }

  @Test
  void boundsSizesAndAges() {
    assertThat(fixture.problems("ledger: {journal: {max-size: 1MiB}, max-age: 1m}\n")).hasSize(2);
  }
}
