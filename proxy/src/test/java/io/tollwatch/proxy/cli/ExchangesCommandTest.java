package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One sidecar records four calls: taken, declined, lost, not sent. Most questions go to it through
/// its admin API; what a stopped one left is asked of the folder.
class ExchangesCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EVIL = "evil\u001b[31m\u202e";

  @TempDir private static Path folder;
  private static RunningSidecar running;
  private static String taken;
  private static String declined;
  private static String lost;
  private static String unsent;

  @BeforeAll
  static void record() throws Exception {
    running = new RunningSidecar(folder);
    taken = running.pay("stripe", "pm_card_visa", "order-1");
    declined = running.pay("stripe", "pm_card_chargeDeclined", EVIL);
    running.stripe.faults().next(Fault.stall());
    lost = running.pay("stripe", "pm_card_visa", "order-333");
    running.stripe.faults().clear();
    unsent = running.pay("nowhere", "pm_card_visa", "order-4444");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Ran exchanges(String... more) {
    return Ran.command(
        Stream.concat(Stream.of("exchanges", "--data", running.data.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private static List<String> ids(String... more) {
    Ran ran = exchanges(Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new));
    assertThat(ran.code()).isZero();
    return ran.lines().stream()
        .map(JSON::readTree)
        .map(exchange -> name(exchange.path("intent").path("id").asString()))
        .toList();
  }

  private static String name(String id) {
    if (id.equals(taken)) {
      return "taken";
    }
    if (id.equals(unsent)) {
      return "unsent";
    }
    return id.equals(declined) ? "declined" : "lost";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--limit 50                | unsent lost declined taken",
        "--limit 2                 | unsent lost",
        "--provider nowhere        | unsent",
        "--operation pay --limit 1 | unsent",
        "--operation refund        | ''",
        "--category answer_lost    | lost",
        "--category DECLINE_SOFT   | declined",
        "--money in_doubt          | lost",
        "--money in-doubt          | lost",
        "--money succeeded         | taken",
        "--trouble                 | unsent lost",
        "--reference order-1       | taken",
        "--request-id caller-9     | lost",
        "--text generic_decline    | declined",
        "--text VISA               | unsent lost taken",
        "--since 1h                | unsent lost declined taken",
        "--until 1h                | ''",
        "--since 2020-01-01        | unsent lost declined taken",
        "--until 2020-01-01T00:00:00Z | ''",
      })
  void findsWhatMeetsTheFilters(String words, String expected) {
    List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
    assertThat(ids(words.strip().split(" "))).isEqualTo(wanted);
  }

  @Test
  void findsATraceByItsId() {
    Ran one = exchanges("--json", lost);
    JsonNode intent = JSON.readTree(one.out()).path("intent");
    String traceparent = intent.path("correlation").path("traceparent").asString();

    assertThat(ids("--trace", traceparent)).containsExactly("lost");
    assertThat(ids("--trace", traceparent.substring(3, 35))).containsExactly("lost");
  }

  @Test
  void pagesBackwards() {
    assertThat(ids("--before", lost)).containsExactly("declined", "taken");
    assertThat(ids("--before", lost.toLowerCase(java.util.Locale.ROOT), "--limit", "1"))
        .containsExactly("declined");
    assertThat(exchanges("--limit", "2").out()).endsWith("older ones: --before " + lost + "\n");
    assertThat(exchanges().out()).doesNotContain("older ones");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--money gone       | money must be one of: none, not_sent, rejected, in_doubt",
        "--category oops    | category must be one of: not_sent, answer_lost",
        "--operation buy    | operation must be one of: pay, capture",
        "--since yesterday  | since must be a duration such as 15m",
        "--limit 0          | limit must be a number from 1 to 1000",
        "--limit many       | limit must be a number from 1 to 1000",
        "--before zzz       | before must be an id",
        "01                 | an id has 26 letters and digits",
        "01ABCDEF --trouble | an id stands alone",
      })
  void saysWhichWordsWouldBeRight(String words, String sentence) {
    Ran ran = exchanges(words.strip().split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("tollwatch: " + sentence).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void listsInAlignedColumnsWithControlCharactersShown() {
    Ran ran = exchanges();
    List<String> lines = ran.lines();

    assertThat(lines).hasSize(5);
    int money = lines.getFirst().indexOf("money");
    assertThat(lines.subList(1, 5))
        .extracting(line -> line.substring(money).replaceFirst(" .*", ""))
        .containsExactly("not_sent", "in_doubt", "rejected", "succeeded");
    assertThat(ran.out()).contains("evil\\u001b[31m\\u202e").doesNotContain("\u001b", "\u202e");
    assertThat(exchanges("--json").out()).contains("evil").doesNotContain("\u001b", "\u202e");
  }

  @Test
  void showsOneWholeByTheBeginningOfItsId() {
    Ran ran = exchanges(lost);

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("in_doubt: the payment may have been done")
        .contains("answer_lost", "to do: reconcile", "response_timeout in wait after ")
        .contains("got 504", "order-333", "broke here", "request", "Authorization: ***");
    assertThat(exchanges(declined).out())
        .contains("\"decline_code\" : \"generic_decline\"")
        .contains("answer 402")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3ND"})
  void saysThatThereIsNoSuchExchange(String id) {
    Ran ran = exchanges(id);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("tollwatch: there is no one exchange whose id begins with " + id + "\n");
  }

  @Test
  void opensTheFolderItselfWhereNoneRuns(@TempDir Path other) throws Exception {
    String id;
    Path data;
    try (RunningSidecar before = new RunningSidecar(other)) {
      id = before.pay("stripe", "pm_card_visa", "order-7");
      data = before.data;
    }

    Ran found = Ran.command("exchanges", "--data", data.toString(), "--reference", "order-7");
    assertThat(found.code()).isZero();
    assertThat(found.out()).contains(id, "succeeded");
    assertThat(Ran.command("exchanges", "--data", data.toString(), id).out()).contains("order-7");
    Ran none = Ran.command("exchanges", "--data", data.toString(), "--reference", "order-8");
    assertThat(none.code()).isZero();
    assertThat(none.out()).isEqualTo("no exchange meets this\n");
    Ran status = Ran.command("status", "--data", data.toString());
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.err())
        .isEqualTo(
            "tollwatch: no sidecar runs with the data folder "
                + data
                + " (--data names another)\n");
  }

  /// No card number at rest, in a log or on a screen (P3).
  @Test
  void noCardNumberReachesALogOrAScreen(@TempDir Path other) throws Exception {
    try (RunningSidecar one = new RunningSidecar(other)) {
      one.stripe.faults().next(Fault.reset());
      String id = one.pay("stripe", "pm_card_visa", "4242424242424242");

      String data = one.data.toString();
      assertThat(one.log).hasSize(1);
      assertThat(
              one.log.getFirst()
                  + Ran.command("exchanges", "--data", data).out()
                  + Ran.command("exchanges", "--data", data, "--json").out()
                  + Ran.command("exchanges", "--data", data, id).out())
          .contains("answer_lost")
          .doesNotContain("4242424242424242", "sk_test_fixture");
    }
  }

  @Test
  void showsTheStatusOfTheRunningOne() {
    Ran text = Ran.command("status", "--data", running.data.toString());
    Ran json = Ran.command("status", "--json", "--data", running.data.toString());

    assertThat(text.code()).isZero();
    assertThat(text.out())
        .startsWith("ready, tollwatch ")
        .contains(
            "egress", running.sidecar.egress().toString(), "1 in doubt", running.stripe.url());
    assertThat(json.code()).isZero();
    JsonNode status = JSON.readTree(json.out());
    assertThat(status.path("ready").asBoolean()).isTrue();
    assertThat(status.path("ledger").path("in_doubt").asLong()).isEqualTo(1);
    assertThat(status.path("providers").valueStream().map(p -> p.path("name").asString()))
        .isSorted()
        .contains("stripe", "nowhere");
  }
}
