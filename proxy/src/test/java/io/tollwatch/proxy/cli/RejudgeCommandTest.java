package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One sidecar records calls, and they are judged again with other profiles than it had.
class RejudgeCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NEW_CODE =
      "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"brand_new\"}}";

  @TempDir private static Path folder;
  private static RunningSidecar running;
  private static String changed;
  private static String lost;

  @BeforeAll
  static void record() throws Exception {
    running = new RunningSidecar(folder);
    running.pay("stripe", "pm_card_visa", "order-1");
    running.stripe.faults().next(Fault.instead(Answer.of(402, "application/json", NEW_CODE)));
    changed = running.pay("stripe", "pm_card_visa", "order-2");
    running.stripe.faults().next(Fault.stall());
    lost = running.pay("stripe", "pm_card_visa", "order-3");
    running.stripe.faults().clear();
    running.stripe.faults().next(Fault.instead(Answer.of(200, "image/png", "\0\1\2")));
    running.pay("stripe", "pm_card_visa", "order-4");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Ran rejudge(String... more) {
    return Ran.command(
        Stream.concat(
                Stream.of("rejudge", "--since", "1h", "--data", running.data.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String own() throws IOException {
    return Files.writeString(
            folder.resolve("ours.yaml"),
            """
            name: stripe
            extends: stripe
            version: 7
            errors:
              - at: $.error.decline_code
                rules: {brand_new: {category: fraud_block, fault: fraud}}
            """)
        .toString();
  }

  @Test
  void withTheSameProfilesNothingChanges() {
    Ran ran = rejudge();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("4 exchanges: 3 as before, 0 changed, 1 not judged")
        .contains("1  not judged: its answer's body was not kept")
        .contains("nothing was written");
  }

  @Test
  void showsWhatAnotherProfileChangesAndLeavesTheLedgerAsItIs() throws IOException {
    Ran ran = rejudge("--profile", own());

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(changed)
        .contains("decline_soft, rejected -> fraud_block, rejected")
        .contains("4 exchanges: 2 as before, 1 changed, 1 not judged")
        .doesNotContain(lost);
    Ran machines = rejudge("--profile", own(), "--json");
    assertThat(machines.lines()).hasSize(1);
    JsonNode one = JSON.readTree(machines.lines().getFirst());
    assertThat(one.path("exchange").asString()).isEqualTo(changed);
    assertThat(one.path("was").path("category").asString()).isEqualTo("decline_soft");
    assertThat(one.path("now").path("category").asString()).isEqualTo("fraud_block");
    assertThat(one.path("now").path("by_user").asBoolean()).isTrue();
    String kept =
        Ran.command("exchanges", changed, "--json", "--data", running.data.toString()).out();
    assertThat(JSON.readTree(kept).at("/outcome/verdict/category").asString())
        .isEqualTo("decline_soft");
  }

  /// P6: what is judged again settles nothing. Through the sidecar, and with the folder alone.
  @Test
  void whatIsWrittenStandsBesideTheOldVerdict() throws Exception {
    Path own = folder.resolve("write");
    Files.createDirectories(own);
    String id;
    try (RunningSidecar there = new RunningSidecar(own)) {
      there.stripe.faults().next(Fault.instead(Answer.of(402, "application/json", NEW_CODE)));
      id = there.pay("stripe", "pm_card_visa", "order-1");
      there.stripe.faults().next(Fault.stall());
      there.pay("stripe", "pm_card_visa", "order-2");
      String[] write = {
        "rejudge", "--since", "1h", "--write", "--profile", own(), "--data", there.data.toString()
      };
      assertThat(Ran.command(write).out()).contains("kept beside the old verdicts: 1;");
      assertThat(Ran.command(write).out()).as("the same again").contains("old verdicts: 0;");
      beside(id, there.data);
      assertThat(there.sidecar.reader().countInDoubt()).isEqualTo(1);
    }
    Path data = own.resolve("data");
    beside(id, data);
    String other = own().replace("ours.yaml", "others.yaml");
    Files.writeString(
        Path.of(other), Files.readString(Path.of(own())).replace("fraud_block", "decline_hard"));
    Ran ran =
        Ran.command(
            "rejudge", "--since", "1h", "--write", "--profile", other, "--data", data.toString());
    assertThat(ran.out()).contains("kept beside the old verdicts: 1;");
    assertThat(Ran.command("exchanges", id, "--data", data.toString()).out())
        .containsSubsequence("with stripe@7", "fraud_block", "with stripe@7", "decline_hard");
    assertThat(Ran.command("exchanges", "--money", "in_doubt", "--data", data.toString()).lines())
        .anyMatch(line -> line.contains("in_doubt"));
  }

  private static void beside(String id, Path data) {
    String shown = Ran.command("exchanges", id, "--data", data.toString()).out();
    assertThat(shown)
        .contains("judged again")
        .contains("by " + System.getProperty("user.name"))
        .contains("with stripe@7")
        .contains("fraud_block, rejected (stripe/decline_code/brand_new)");
    String kept = Ran.command("exchanges", id, "--json", "--data", data.toString()).out();
    assertThat(JSON.readTree(kept).at("/outcome/verdict/category").asString())
        .isEqualTo("decline_soft");
  }

  @Test
  void theFiltersAreThoseOfExchanges() {
    assertThat(rejudge("--provider", "nobody").out()).contains("0 exchanges");
    assertThat(rejudge("--until", "1h").out()).contains("0 exchanges");
    assertThat(rejudge("--until", "soon").code()).isEqualTo(2);
    assertThat(Ran.command("rejudge").err()).contains("--since");
  }

  @Test
  void whatExchangesPrintsCanBeJudged() throws IOException {
    String lines = Ran.command("exchanges", "--json", "--data", running.data.toString()).out();
    Path file = Files.writeString(folder.resolve("kept.jsonl"), lines);
    Ran ran = Ran.command("judge", file.toString(), "--profile", own());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("its answer's body was not kept");
    assertThat(ran.out())
        .contains("fraud_block", "no answer", "3 judged: 1 rejected, 1 in_doubt, 1 succeeded");
  }
}
