package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.http.HeaderField;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may call: the port carries secrets, and any web page on the machine could try it.
class AdmissionTest {

  @TempDir static Path folder;
  private static EchoGateway gateway;
  private static EgressRig rig;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.start();
    rig =
        EgressRig.startWith(
            folder,
            "client-token: {env: TOKEN},",
            EgressRig.provider("open", "generic", gateway.url(), "require-client-token: false"),
            EgressRig.provider(
                "guarded",
                "generic",
                gateway.url(),
                "headers: {Authorization: {env: TOKEN, prefix: \"Injected \"}}"));
  }

  @AfterAll
  static void stop() {
    rig.close();
    gateway.close();
  }

  @BeforeEach
  void clear() {
    gateway.book().clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "localhost:9400",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:80"
      })
  void admitsItsOwnNames(String host) throws IOException {
    assertThat(statusOf("Host: " + host)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-A: b | 400",
        "Host: localhost & Host: localhost | 400",
        "Host: localhost & host: evil.invalid | 400",
        "Host: | 421",
        "Host: evil.invalid | 421",
        "Host: localhost.evil.invalid | 421",
        "Host: localhost, evil.invalid | 421",
        "Host: evil.invalid#@localhost | 421",
        "Host: user@localhost | 421",
        "Host: localhost. | 421",
        "Host: 127.0.0.2 | 421",
        "Host: ::1 | 421",
        "Host: [::1 | 421",
        "Host: localhost:x:y | 421"
      })
  void refusesOtherNames(String host, int status) throws IOException {
    assertThat(statusOf(host.replace(" & ", "\r\n"))).isEqualTo(status);
    EgressRig.assertNothingSent(gateway);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://localhost:9400",
        "Origin: null",
        "Origin:",
        "origin: https://evil.invalid",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: none",
        "sec-fetch-site: same-origin"
      })
  void refusesWebPages(String field) throws IOException {
    assertThat(statusOf("Host: localhost\r\n" + field)).isEqualTo(403);
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void admitsOldClientsWithoutAName() throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("GET /open/sink HTTP/1.0\r\n\r\n");
      assertThat(client.got().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-No: token",
        "Tollwatch-Token:",
        "Tollwatch-Token: wrong",
        "Tollwatch-Token: token-for-this-tes",
        "Tollwatch-Token: token-for-this-test2",
        "Tollwatch-Token: TOKEN-FOR-THIS-TEST",
        "Authorization: Bearer token-for-this-test",
        "Tollwatch-Token: wrong\r\nTollwatch-Token: token-for-this-test"
      })
  void keepsInjectedCredentialsFromCallersWithoutTheToken(String field) throws IOException {
    try (EgressClient client = rig.client()) {
      EgressClient.Got got = client.post("/guarded/sink", "a=b", field).got();
      assertThat(got.status()).isEqualTo(401);
      assertThat(got.body()).contains("\"sent\":false").doesNotContain(EgressRig.TOKEN);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void injectsCredentialsForCallersWithTheToken() throws IOException {
    try (EgressClient client = rig.client()) {
      client.post(
          "/guarded/sink",
          "a=b",
          "authorization: Bearer of-the-caller",
          "Tollwatch-Token: " + EgressRig.TOKEN,
          "AUTHORIZATION: twice");
      assertThat(client.got().status()).isEqualTo(200);
    }
    var head = gateway.book().requests().getFirst().head();
    assertThat(head.fields().stream().filter(f -> f.named("Authorization")))
        .containsExactly(new HeaderField("Authorization", "Injected " + EgressRig.TOKEN));
    assertThat(head.raw()).doesNotContain("Tollwatch-Token");
  }

  @ParameterizedTest
  @CsvSource({"'127.0.0.0/8', 200", "'10.0.0.0/8', 403", "'::1/128', 403"})
  void admitsByAddress(String range, int status, @TempDir Path other) throws IOException {
    String keys = "allow-from: [\"" + range + "\"],";
    try (EgressRig listed =
            EgressRig.startWith(other, keys, EgressRig.provider("open", "generic", gateway.url()));
        EgressClient client = listed.client()) {
      assertThat(client.get("/open/sink").got().status()).isEqualTo(status);
    }
    assertThat(gateway.book().requests()).hasSize(status == 200 ? 1 : 0);
  }

  private static int statusOf(String fields) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("GET /open/sink HTTP/1.1\r\n" + fields + "\r\n\r\n");
      return client.got().status();
    }
  }
}
