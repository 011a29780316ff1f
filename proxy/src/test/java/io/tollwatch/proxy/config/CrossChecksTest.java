package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossChecksTest {

  @TempDir Path folder;
  private ReadingFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ReadingFixture(folder);
  }

  @Test
  void findsListenersOnOnePortWhereTheFileSaysSo() {
    assertThat(fixture.problems("egress:\n  port: 9402\n"))
        .containsExactly(
            "2:9: egress and admin both listen on port 9402; "
                + "give each a port of its own, or 0 for any free one");
    assertThat(
            fixture.problems(
                """
                providers:
                  adyen-test: {listen: {port: 9500}}
                  stripe:
                    listen: {port: 9500}
                """))
        .containsExactly(
            "4:20: providers.stripe.listen and providers.adyen-test.listen both listen on port"
                + " 9500; give each a port of its own, or 0 for any free one");
  }

  @Test
  void leavesListenersApartThatDoNotCollide() {
    fixture.valid("egress: {port: 0}\nadmin: {port: 0}\n");
    fixture.valid("egress: {port: 9500}\nadmin: {port: 9500, address: 127.0.0.2}\n");
  }

  @Test
  void refusesListenersBeyondLoopbackThatLetEveryoneCall() {
    assertThat(
            fixture.problems(
                """
                egress: {address: 0.0.0.0}
                admin: {address: "::"}
                providers:
                  stripe: {listen: {port: 9500, address: 10.0.0.1}}
                """))
        .containsExactly(
            "1:19: egress listens beyond loopback and lets everyone call; "
                + "set egress.client-token or egress.allow-from",
            "2:18: admin listens beyond loopback and lets everyone call; "
                + "set admin.allow-from to the addresses that may call",
            "4:42: providers.stripe.listen listens beyond loopback and lets everyone call; "
                + "require a client token or client certificate, or set allow-from");
  }

  @Test
  void acceptsListenersBeyondLoopbackWithATokenOrAnAddressList() {
    fixture.valid("egress: {address: 0.0.0.0, client-token: {env: TOLLWATCH_TOKEN}}\n");
    fixture.valid("egress: {address: 0.0.0.0, allow-from: [10.0.0.0/8]}\n");
    fixture.valid(
        """
        egress: {client-token: {env: TOLLWATCH_TOKEN}}
        providers: {stripe: {listen: {port: 9500, address: 10.0.0.1}}}
        """);
  }

  @Test
  void refusesAProviderThatGivesUpTheOnlyGuard() {
    assertThat(
            fixture.problems(
                """
                egress: {address: 0.0.0.0, client-token: {env: TOLLWATCH_TOKEN}}
                providers: {stripe: {require-client-token: false}}
                """))
        .containsExactly(
            "2:44: providers.stripe.require-client-token lets everyone call it, "
                + "as egress listens beyond loopback; remove it, or set egress.allow-from");
  }

  @Test
  void doesNotGuessWhereASettingIsAlreadyWrong() {
    assertThat(fixture.problems("egress: {address: 0.0.0.0, client-token: {env: ABSENT}}\n"))
        .hasSize(1);
    assertThat(fixture.problems("egress: {address: 0.0.0.0, client-tokn: {env: A}}\n")).hasSize(1);
    assertThat(
            fixture.problems(
                "egress: {client-token: x}\nproviders: {stripe: {require-client-token: true}}"))
        .hasSize(1);
  }

  @Test
  void needsATokenWhereOneIsRequired() {
    assertThat(fixture.problems("providers: {stripe: {require-client-token: true}}\n"))
        .containsExactly(
            "1:44: providers.stripe.require-client-token is true, but there is no client token; "
                + "set egress.client-token, such as {env: TOLLWATCH_TOKEN}");
  }

  @Test
  void needsTlsForClientCertificates() {
    assertThat(
            fixture.problems(
                "providers: {stripe: {listen: {port: 1, require-client-certificate: /x}}}\n"))
        .anyMatch(
            problem -> problem.contains("require-client-certificate needs TLS; set tls: true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Connection",
        "Transfer-Encoding",
        "Tollwatch-Money",
        "Bad Name"
      })
  void refusesHeadersThatMayNotBeSet(String name) {
    assertThat(
            fixture.problems(
                "providers:\n  stripe:\n    headers:\n      " + name + ": {env: STRIPE_KEY}\n"))
        .singleElement()
        .asString()
        .startsWith("4:7: providers.stripe.headers." + name + " ");
  }

  @Test
  void refusesAHeaderSetTwiceInOtherLetters() {
    assertThat(
            fixture.problems(
                "providers: {stripe: {headers: {X-Key: {env: STRIPE_KEY}, x-key: {env:"
                    + " STRIPE_KEY}}}}\n"))
        .containsExactly("1:58: providers.stripe.headers.x-key is set twice; keep one of the two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:sk_live_1@a.example",
        "https://a.example?key=sk_live_1",
        "https://a.example/#sk_live_1",
        "https://a.example:99999",
        "https://",
        "https:///path",
        "https://a b",
        "https://a.example/x/../y",
        "https://a.example//x",
        "https://a.example/%2e%2e",
        "https://a.example/x//",
        "ftp://a.example"
      })
  void refusesUrlsThatAreNoBaseWithoutRepeatingThem(String url) {
    assertThat(fixture.problems("providers:\n  acme:\n    url: \"" + url + "\"\n"))
        .singleElement()
        .asString()
        .startsWith("3:10: providers.acme.url ")
        .doesNotContain("sk_live_1");
  }

  @Test
  void refusesProxiesWithCredentialsOrWithoutPort() {
    assertThat(
            fixture.problems("providers: {stripe: {upstream-proxy: \"http://u:p@proxy:3128\"}}\n"))
        .hasSize(1);
    assertThat(fixture.problems("providers: {stripe: {upstream-proxy: \"http://proxy\"}}\n"))
        .hasSize(1);
  }

  @Test
  void needsAUrlForAProviderThatIsNotBuiltIn() {
    assertThat(fixture.problems("providers:\n  acme: {pool-size: 3}\n"))
        .containsExactly("2:3: providers.acme has no url; add url, the base URL of the gateway");
    assertThat(fixture.problems("providers:\n  adyen: {pool-size: 3}\n"))
        .singleElement()
        .asString()
        .startsWith(
            "2:3: providers.adyen has no url; Adyen's live address holds your company's prefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0", "localhost/8", "010.0.0.0/8", "::1/129"})
  void refusesAddressRangesThatAreNone(String range) {
    assertThat(fixture.problems("egress:\n  allow-from: [\"127.0.0.1/32\", \"" + range + "\"]\n"))
        .singleElement()
        .asString()
        .startsWith("2:32: egress.allow-from[1] is not an address range");
  }
}
