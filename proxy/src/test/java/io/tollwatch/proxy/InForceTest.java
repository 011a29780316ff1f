package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Incident;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes into an evidence pack of a configuration that has a secret in each place that may have
/// one. The pack goes to others.
class InForceTest {

  private static final Map<String, String> SECRETS =
      Map.of(
          "STRIPE_KEY", "sk_live_ofTheCalls",
          "OTHER_KEY", "sk_live_ofTheOther",
          "LOOKUP_KEY", "rk_live_ofTheLooks",
          "HOOK_SECRET", "whsec_b2ZUaGVIb29rcw==",
          "EVENTS_SECRET", "whsec_b2ZUaGVFdmVudHM=",
          "EXPORT_SECRET", "ofTheExports",
          "CLIENT_TOKEN", "of-the-callers-4711",
          "JOIN_KEY", "0123456789abcdef0123456789abcdef",
          "DB_PASSWORD", "ofTheDatabase");

  @TempDir private Path folder;

  private Configuration configuration() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tollwatch.yaml"),
            """
            egress: {client-token: {env: CLIENT_TOKEN}}
            redaction: {join-key: {env: JOIN_KEY}}
            ledger: {url: "jdbc:postgresql://db/tollwatch", user: us, password: {env: DB_PASSWORD}}
            providers:
              stripe:
                note: not for others
                headers: {Authorization: {env: STRIPE_KEY, prefix: "Bearer "}}
                webhook-secret: {env: HOOK_SECRET}
                reconcile: {headers: {Authorization: {env: LOOKUP_KEY}}}
              other:
                url: https://other.test
                profile: stripe
                headers: {Authorization: {env: OTHER_KEY}}
              third: {url: "https://third.test", profile: generic}
            channels:
              card: {providers: [stripe, other], deadline: 60s}
            exports:
              - {name: daily, report: failures, cron: "0 6 * * *", url: "https://us.test/", secret: {env: EXPORT_SECRET}}
            """);
    ConfigReading reading = new ConfigReader(SECRETS).read(file);
    assertThat(reading).as("%s", reading).isInstanceOf(ConfigReading.Valid.class);
    return ((ConfigReading.Valid) reading).configuration();
  }

  private static String told(Configuration configuration, Optional<String> provider) {
    Instant at = Instant.parse("2026-03-02T13:03:00Z");
    Incident incident =
        new Incident(
            "one",
            new Incident.Scope(provider, Optional.empty(), Optional.empty()),
            at,
            at,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Incident.Cost.none());
    return JsonMapper.shared().writeValueAsString(InForce.of(configuration, incident));
  }

  @Test
  void hasTheNameOfAFieldThatCarriesASecretAndNoSecret() throws Exception {
    String told = told(configuration(), Optional.of("stripe"));

    assertThat(SECRETS.values()).allSatisfy(secret -> assertThat(told).doesNotContain(secret));
    JsonNode stripe = JsonMapper.shared().readTree(told).at("/providers/stripe");
    assertThat(stripe.path("secret_fields").valueStream().map(JsonNode::asString))
        .containsExactly("Authorization");
    assertThat(stripe.path("url").asString()).isEqualTo("https://api.stripe.com");
    assertThat(stripe.path("response_timeout").asString()).isEqualTo("PT1M30S");
    assertThat(stripe.path("breaker").path("failure_rate").asDouble()).isPositive();
  }

  @Test
  void hasTheProvidersThatTheIncidentIsAboutAndTheirChannels() throws Exception {
    Configuration configuration = configuration();
    JsonNode stripe = JsonMapper.shared().readTree(told(configuration, Optional.of("stripe")));
    JsonNode third = JsonMapper.shared().readTree(told(configuration, Optional.of("third")));

    assertThat(stripe.path("providers").propertyNames()).containsExactly("stripe");
    assertThat(stripe.at("/channels/card/providers")).hasSize(2);
    assertThat(third.path("providers").propertyNames()).containsExactly("third");
    assertThat(third.path("channels")).isEmpty();
    assertThat(told(configuration, Optional.empty()))
        .as("our own network's")
        .contains("\"stripe\":{", "\"other\":{", "\"third\":{");
  }
}
