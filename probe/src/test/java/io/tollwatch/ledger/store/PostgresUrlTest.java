package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/ledger",
        "jdbc:postgresql://db.example.org:5432/ledger?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "jdbc:postgresql://a:1,b:2/ledger?targetServerType=primary",
        "jdbc:postgresql://[::1]:5432/ledger?connectTimeout=3&currentSchema=tollwatch"
      })
  void letsHarmlessUrlsThrough(String text) {
    assertThat(PostgresUrl.parse(text))
        .isInstanceOfSatisfying(
            PostgresUrl.Parsed.Right.class,
            right -> assertThat(right.url().text()).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://127.0.0.1/x'",
        "jdbc:postgresql:ledger",
        "jdbc:postgresql:///ledger",
        "jdbc:postgresql://db/",
        "jdbc:postgresql://db/ledger?socketFactory=org.example.Evil&socketFactoryArg=x",
        "jdbc:postgresql://db/ledger?loggerLevel=TRACE&loggerFile=/tmp/x",
        "jdbc:postgresql://db/ledger?SOCKETFACTORY=x",
        "jdbc:postgresql://db/ledger?socket%46actory=x",
        "jdbc:postgresql://db/ledger?sslfactory=x",
        "jdbc:postgresql://db/ledger?sslpasswordcallback=x",
        "jdbc:postgresql://db/ledger?authenticationPluginClassName=x",
        "jdbc:postgresql://db/ledger?user=me",
        "jdbc:postgresql://db/ledger?sslmode",
        "jdbc:postgresql://db/ledger?sslmode=require&&",
        "jdbc:postgresql://d b/ledger",
        "jdbc:postgresql://db/ledger#x",
        "jdbc:postgresql://db:5432/led/ger"
      })
  void refusesEverythingElse(String text) {
    assertThat(PostgresUrl.parse(text)).isInstanceOf(PostgresUrl.Parsed.Wrong.class);
  }

  @Test
  void refusesCredentialsWithoutRepeatingThem() {
    for (String text :
        new String[] {
          "jdbc:postgresql://me:s3cret@db/ledger", "jdbc:postgresql://db/ledger?password=s3cret"
        }) {
      assertThat(PostgresUrl.parse(text))
          .isInstanceOfSatisfying(
              PostgresUrl.Parsed.Wrong.class,
              wrong -> assertThat(wrong.reason()).doesNotContain("s3cret"));
    }
    assertThat(new Credentials("me", "s3cret").toString()).doesNotContain("s3cret");
  }
}
