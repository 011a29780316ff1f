package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command against a running sidecar with one payment in doubt.
class InDoubtCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private RunningSidecar running;
  private String lost;

  @BeforeEach
  void record() throws Exception {
    running = new RunningSidecar(folder);
    running.stripe.faults().next(Fault.stall());
    lost = running.pay("stripe", "pm_card_visa", "order-333");
    running.stripe.faults().clear();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Ran inDoubt(String... words) {
    return Ran.command(
        Stream.concat(
                Stream.concat(Stream.of("in-doubt"), Stream.of(words)),
                Stream.of("--data", running.data.toString()))
            .toArray(String[]::new));
  }

  @Test
  void listsWhatIsOpenWithTotals() {
    Ran ran = inDoubt("list");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(lost, "stripe", "10.00 EUR", "by_query")
        .containsPattern("stripe: 1 in_doubt, 10.00 EUR, the oldest for [0-9]+s");
    JsonNode json = JSON.readTree(inDoubt("list", "--json").out());
    assertThat(json.path("totals").path(0).path("amount_minor").asLong()).isEqualTo(1000);
  }

  @Test
  void showsOne() {
    Ran ran = inDoubt("show", lost.substring(0, 14));

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("by_query", "looks so far: 0", lost);
    assertThat(inDoubt("show", "00000000").code()).isEqualTo(1);
    assertThat(inDoubt("show", "short").code()).isEqualTo(2);
  }

  @Test
  void resolvesByHandAndSaysWhoDid() {
    assertThat(inDoubt("resolve", lost, "--money", "perhaps", "--reason", "x").code()).isEqualTo(2);
    assertThat(inDoubt("resolve", lost, "--money", "not_taken").code()).isEqualTo(2);

    Ran ran = inDoubt("resolve", lost, "--money", "not_taken", "--reason", "not there");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(inDoubt("list").out()).contains("nothing is in doubt");
    assertThat(Ran.command("exchanges", lost, "--data", running.data.toString()).out())
        .contains("later: rejected by hand", "not there", System.getProperty("user.name"));
    assertThat(Ran.command("exchanges", "--data", running.data.toString()).out())
        .contains("resolved by hand");
  }

  @Test
  void saysThatNoSidecarRuns() {
    running.stop();

    Ran ran = inDoubt("list");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("no sidecar runs");
  }
}
