package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Routing;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.cli.Ran;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders to the providers `a` and `b` of a channel, by command, on real sockets: they change where
/// new payments go, and nothing of where a payment that was taken is followed up.
class ChannelOrdersTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PLAIN = "deadline: 60s";

  @TempDir private Path folder;

  @Test
  void givesADrainedProviderNoNewPaymentsAndAllThatFollowsUpItsOwn() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      HttpResponse<String> taken = rig.send(rig.pay("one"));
      Ran drained = order("drain", "a", "1h");

      assertThat(drained.out()).containsPattern("card a +drained").contains("contract ends (ann)");
      assertThat(ChannelRig.provider(rig.send(rig.pay("two")))).isEqualTo("b");
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).as("a repeat").isEqualTo("a");
      assertThat(ChannelRig.provider(rig.send(rig.refund(id(taken))))).isEqualTo("a");
      assertThat(rig.a.book().charges("one")).hasSize(1);
      assertThat(decisions(rig, 1))
          .contains(
              new Decision(Decision.Kind.SKIPPED, "a", "drained: contract ends"),
              new Decision(Decision.Kind.CHOSEN, "b", "first that can take it"));
    }
  }

  @Test
  void remembersOrdersOverARestartBeforeAnythingIsSent() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      order("drain", "a", "1h");
      rig.restart();

      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
      assertThat(channels("card").out()).contains("contract ends (ann)");

      Ran released = channels("release", "card", "a", "--reason", "stays", "--who", "bob");
      assertThat(released.code()).isZero();
      rig.restart();
      assertThat(ChannelRig.provider(rig.send(rig.pay("two")))).isEqualTo("a");
    }
  }

  @Test
  void refusesWhatHasNowhereToGoWithNothingSent() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      order("drain", "a", "1h");
      order("drain", "b", "1h");
      HttpResponse<String> refused = rig.send(rig.pay("one"));

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("drained: contract ends");
      assertThat(refused.headers().firstValue("Tollwatch-Money")).contains("not_sent");
      assertThat(rig.a.book().requests()).isEmpty();
      assertThat(rig.b.book().requests()).isEmpty();
    }
  }

  @Test
  void passesOverAProviderThatTheConfigurationDrains() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN + ", drained: [a]")) {
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
    }
  }

  @Test
  void givesAProviderInMaintenanceNoNewPayments() {
    LocalDateTime now = LocalDateTime.ofInstant(SystemTime.real().wall().instant(), ZoneOffset.UTC);
    String window =
        "maintenance: [{from: \"%s\", to: \"%s\", reason: move}]"
            .formatted(text(now.minusHours(1)), text(now.plusHours(1)));
    try (ChannelRig rig = ChannelRig.withA(folder, window)) {
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
      assertThat(channels("card").out()).contains("in maintenance until", "move");
      assertThat(Admin.of(folder.resolve("data")).get("/metrics").body())
          .contains(
              "tollwatch_channel_share{channel=\"card\",provider=\"a\",state=\"maintenance\"} 0.0");
    }
  }

  private static String text(LocalDateTime time) {
    return time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm"));
  }

  @Test
  void aCanaryThatDoesAsWellGetsAllOfTheTrafficByItself() {
    String quick = "canary: {steps: [50, 100], step-time: 1s, min-calls: 5}";
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN + ", " + quick)) {
      order("canary", "b", "1h");
      Set<String> providers = new HashSet<>();
      int call = 0;
      while (!channels("card").out().contains("canary 100%")) {
        providers.add(ChannelRig.provider(rig.send(rig.pay("call-" + call++))));
        assertThat(call).as("calls in which it should have stepped up").isLessThan(2_000);
      }

      assertThat(providers).as("at 50%").containsExactlyInAnyOrder("a", "b");
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("b");
      assertThat(channels("card").out()).contains("no worse than the others");
    }
  }

  @Test
  void listsHowProvidersStandForPeopleAndForPrograms() {
    try (ChannelRig _ = ChannelRig.start(folder, PLAIN)) {
      order("drain", "b", "1h");
      Ran all = channels();
      JsonNode json = JSON.readTree(channels("card", "--json").out()).path("channels").path(0);

      assertThat(all.code()).isZero();
      assertThat(all.out())
          .hasLineCount(3)
          .containsPattern("(?m)^card a +in_use")
          .containsPattern("(?m)^card b +drained .*contract ends \\(ann\\)$");
      assertThat(json.path("name").asString()).isEqualTo("card");
      assertThat(json.path("strategy").asString()).isEqualTo("ordered");
      assertThat(json.path("providers").path(1).path("state").asString()).isEqualTo("drained");
      assertThat(json.path("providers").path(1).path("share").asInt()).isZero();
    }
  }

  /// Orders stand in the journal, in the log and in the decisions about payments.
  @Test
  void keepsNoCardNumberOfWhatPeopleWrite() {
    String[] words = {"--reason", "card 4111111111111111 fails", "--who", "ann 4111111111111111"};
    try (ChannelRig _ = ChannelRig.start(folder, PLAIN)) {
      Ran drained =
          channels("drain", "card", "a", words[0], words[1], words[2], words[3], "--for", "1h");

      assertThat(drained.out()).contains(" fails (ann ").doesNotContain("4111111111111111");
      assertThat(channels("release", "card", "a", words[0], words[1], words[2], words[3]).out())
          .doesNotContain("4111111111111111");
    }
  }

  @Test
  void needsReasonAndTimeOnTheCommandLine() {
    assertThat(channels("drain", "card", "a", "--for", "1h").code()).isEqualTo(2);
    assertThat(channels("canary", "card", "a", "--reason", "r").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "drain,   card,   a, r,   1x",
    "drain,   card,   a, r,   31d",
    "drain,   card,   a, ' ', 1h",
    "canary,  card,   c, r,   1h",
    "canary,  wallet, a, r,   1h",
    "canary,  card,   a, r,   0s"
  })
  void refusesAnOrderWithoutReasonEndOrObject(
      String action, String channel, String provider, String reason, String time) {
    try (ChannelRig _ = ChannelRig.start(folder, PLAIN)) {
      Ran refused = channels(action, channel, provider, "--reason", reason, "--for", time);

      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(channels().out()).doesNotContain("drained", "canary");
    }
  }

  @Test
  void saysThatNothingStandsByAnOrder() {
    try (ChannelRig _ = ChannelRig.start(folder, PLAIN)) {
      Ran released = channels("release", "card", "a", "--reason", "r");

      assertThat(released.code()).isOne();
      assertThat(released.err()).contains("it stands by no order");
      assertThat(channels("nothing").code()).isEqualTo(2);
    }
  }

  private Ran order(String action, String provider, String time) {
    return channels(
        action, "card", provider, "--reason", "contract ends", "--who", "ann", "--for", time);
  }

  private Ran channels(String... words) {
    String[] arguments = new String[words.length + 3];
    arguments[0] = "channels";
    System.arraycopy(words, 0, arguments, 1, words.length);
    arguments[words.length + 1] = "--data";
    arguments[words.length + 2] = folder.resolve("data").toString();
    return Ran.command(arguments);
  }

  private static String id(HttpResponse<String> payment) {
    return payment.body().replaceAll("(?s).*?\"id\": ?\"(pi_[^\"]+)\".*", "$1");
  }

  private static List<Decision> decisions(ChannelRig rig, int exchange) {
    return rig.exchanges().get(exchange).intent().routing().map(Routing::decisions).orElseThrow();
  }
}
