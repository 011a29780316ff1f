package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Channels in the configuration, and what is told of wrong ones at validation.
class ChannelConfigTest {

  private static final long HEAP = 124L << 20;
  private static final long FILES = 1 << 20;

  private static final String PROVIDERS =
      """
      providers:
        one: {profile: stripe, url: "http://localhost:1", headers: {Authorization: {env: STRIPE_KEY}}}
        two: {profile: stripe, url: "http://localhost:2", headers: {Authorization: {env: STRIPE_KEY}}}
        bare: {profile: stripe, url: "http://localhost:3"}
        other: {profile: mollie, url: "http://localhost:4", headers: {Authorization: {env: STRIPE_KEY}}}
      channels:
      """;

  @TempDir Path folder;
  private ReadingFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ReadingFixture(folder);
  }

  @Test
  void readsAChannelWithItsDefaults() {
    Configuration configuration = fixture.valid(PROVIDERS + "  card: {providers: [two, one]}\n");

    Channel card = configuration.channelOf("two").orElseThrow();
    assertThat(card.providers()).containsExactly("two", "one");
    assertThat(card.deadline()).isEqualTo(Duration.ofSeconds(60));
    assertThat(card.maxAttempts()).isEqualTo(2);
    assertThat(card.retryShare()).isEqualTo(0.2);
    assertThat(card.failOverDeclines()).isFalse();
    assertThat(card.sameReference()).isEqualTo(Channel.SameReference.REFUSE);
    assertThat(configuration.channelOf("one")).contains(card);
    assertThat(configuration.channelOf("other")).isEmpty();
  }

  @Test
  void saysIfMoreCallsMayWaitThanTheHeapHolds() {
    assertThat(
            Warnings.of(
                fixture.valid(PROVIDERS + "  card: {providers: [one]}\n"),
                new Machine(HEAP, FILES)))
        .isEmpty();
    Configuration many =
        fixture.valid(
            "egress: {max-connections: 5000}\n" + PROVIDERS + "  card: {providers: [one]}\n");
    assertThat(Warnings.of(many, new Machine(HEAP, FILES)))
        .singleElement()
        .asString()
        .contains("5000", "124 MiB", "TOLLWATCH_JAVA_OPTS=-Xmx489m");
    assertThat(Warnings.of(many, new Machine(489L << 20, FILES))).isEmpty();
  }

  @Test
  void whatSeveralSidecarsServeIsClaimedOrUsesItsFirstProviderOnly() {
    String shared = PROVIDERS + "  card: {providers: [one, two], shared: true%s}\n";
    String ledger =
        """
        ledger: {url: "jdbc:postgresql://localhost:1/x"}
        redaction: {join-key: {env: TOLLWATCH_JOIN_KEY}}
        """;

    Configuration alone = fixture.valid(shared.formatted(""));
    assertThat(sharing(alone)).isEqualTo(Channel.Sharing.FIRST_ONLY);
    assertThat(Warnings.of(alone, new Machine(HEAP, FILES)))
        .singleElement()
        .asString()
        .contains("card", "one", "ledger.url");
    Configuration claiming = fixture.valid(ledger + shared.formatted(""));
    assertThat(sharing(claiming)).isEqualTo(Channel.Sharing.CLAIMS);
    assertThat(Warnings.of(claiming, new Machine(HEAP, FILES))).isEmpty();
    assertThat(sharing(fixture.valid(ledger + shared.formatted(", without-claims: first"))))
        .isEqualTo(Channel.Sharing.CLAIMS_OR_FIRST);
    assertThat(
            fixture.problems(
                "ledger: {url: \"jdbc:postgresql://localhost:1/x\"}\n" + shared.formatted("")))
        .singleElement()
        .asString()
        .contains("shared", "redaction.join-key");
    assertThat(fixture.problems(PROVIDERS + "  card: {providers: [one], without-claims: first}\n"))
        .singleElement()
        .asString()
        .contains("without-claims", "shared");
  }

  private static Channel.Sharing sharing(Configuration configuration) {
    return configuration.channelOf("one").orElseThrow().sharing();
  }

  @Test
  void readsEverySetting() {
    Channel card =
        fixture
            .valid(
                PROVIDERS
                    + "  card: {providers: [one], strategy: ordered, deadline: 5s, max-attempts: 3,"
                    + " retry-budget: 5%, require-identity: true, fail-over-declines: true,"
                    + " same-reference: forward}\n")
            .channelOf("one")
            .orElseThrow();

    assertThat(card.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(card.maxAttempts()).isEqualTo(3);
    assertThat(card.retryShare()).isEqualTo(0.05);
    assertThat(card.requireIdentity()).isTrue();
    assertThat(card.failOverDeclines()).isTrue();
    assertThat(card.sameReference()).isEqualTo(Channel.SameReference.FORWARD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card: {providers: [one, tow]} | 7:27: channels.card.providers[1] names no provider",
        "card: {providers: [one, one]} | 7:27: channels.card.providers[0] and",
        "card: {providers: [one, bare]} | 7:27: channels.card.providers[1] names a provider without",
        "card: {providers: [one, other]} | 7:27: channels.card.providers[1] has the profile mollie",
        "two: {providers: [one]} | 7:3: channels.two has the name of a provider",
        "health: {providers: [one]} | 7:3: channels.health has a name that Tollwatch uses itself",
        "card: {providers: []} | 7:21: ",
        "card: {providers: [one], retry-budget: 120%} | 7:42: ",
        "card: {providers: [one], strategy: best} | 7:38: ",
        "card: {providers: [one], weights: {one: 2}} | 7:37: channels.card.weights mean nothing",
        "card: {providers: [one], strategy: adaptive, weights: {one: 2}} | 7:57: channels.card.weights mean nothing",
        "card: {providers: [one], adaptive: {window: 1m}} | 7:38: channels.card.adaptive means nothing",
        "card: {providers: [one], strategy: adaptive, adaptive: {exploration: 0%}} | 7:72: ",
        "card: {providers: [one], strategy: adaptive, adaptive: {window: 2h}} | 7:67: ",
        "card: {providers: [one], drained: [two]} | 7:38: channels.card.drained[0] is no provider of",
        "card: {providers: [one], canary: {steps: [5, 1, 100]}} | 7:44: channels.card.canary.steps does not grow",
        "card: {providers: [one], canary: {significance: 0%}} | 7:51: ",
        "card: {providers: [one], strategy: weighted, weights: {one: 0}} | 7:57: channels.card.weights are all 0",
        "card: {providers: [one], strategy: sticky, weights: {two: 1}} | 7:56: channels.card.weights.two is no",
      })
  void tellsWhatIsWrongWithPlace(String channel, String problem) {
    List<String> problems = fixture.problems(PROVIDERS + "  " + channel.strip() + "\n");

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith(problem.strip());
  }

  @Test
  void readsStrategiesWithTheirWeights() {
    assertThat(strategy("strategy: weighted, weights: {one: 3}"))
        .isEqualTo(new Strategy.Weighted(Map.of("one", 3)));
    assertThat(strategy("strategy: sticky")).isEqualTo(new Strategy.Sticky(Map.of()));
    assertThat(strategy("strategy: adaptive"))
        .isEqualTo(new Strategy.Adaptive(0.05, Duration.ofMinutes(5), 0.01));
    assertThat(
            strategy(
                "strategy: adaptive,"
                    + " adaptive: {exploration: 2%, window: 90s, second-costs: 0%}"))
        .isEqualTo(new Strategy.Adaptive(0.02, Duration.ofSeconds(90), 0));
    assertThat(strategy("deadline: 5s")).isEqualTo(new Strategy.Ordered());
  }

  private Strategy strategy(String settings) {
    return fixture
        .valid(PROVIDERS + "  card: {providers: [one, two], " + settings + "}\n")
        .channelOf("one")
        .orElseThrow()
        .strategy();
  }

  @Test
  void tellsOfAProviderInTwoChannels() {
    assertThat(
            fixture.problems(
                PROVIDERS + "  card: {providers: [one]}\n  wallet: {providers: [one]}\n"))
        .singleElement()
        .asString()
        .contains("8:", "channels.card.providers", "channels.wallet.providers");
  }
}
