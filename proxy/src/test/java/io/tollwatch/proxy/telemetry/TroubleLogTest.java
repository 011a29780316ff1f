package io.tollwatch.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.taxonomy.Category;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TroubleLogTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ManualTime time = new ManualTime(Settled.START);
  private final List<String> lines = new ArrayList<>();
  private final TroubleLog log = new TroubleLog(lines::add, time.instants(), 3);

  private void settle(Category category) {
    Settled call = Settled.call("/v1/charges", category);
    log.settled(call.intent(), call.outcome());
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {
        "SUCCEEDED",
        "PENDING",
        "DECLINE_SOFT",
        "DECLINE_HARD",
        "FRAUD_BLOCK",
        "CUSTOMER_INPUT",
        "CUSTOMER_ACTION_REQUIRED",
        "AUTHENTICATION_FAILED",
        "CUSTOMER_CANCELLED"
      })
  void saysNothingOfCallsThatEndedWellDeclinesIncluded(Category category) {
    settle(category);

    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {
        "NOT_SENT",
        "ANSWER_LOST",
        "PROVIDER_ERROR",
        "DOWNSTREAM_UNAVAILABLE",
        "RATE_LIMITED",
        "IN_PROGRESS_CONFLICT",
        "STATE_CONFLICT",
        "REQUEST_INVALID",
        "CONFIG_OR_AUTH",
        "UNKNOWN"
      })
  void writesOneLineForEachOtherCall(Category category) {
    settle(category);

    assertThat(lines).hasSize(1);
    JsonNode line = JSON.readTree(lines.getFirst());
    assertThat(line.path("event").asString()).isEqualTo("call_in_trouble");
    assertThat(line.path("category").asString()).isEqualTo(category.word());
    assertThat(line.path("money").asString()).isEqualTo(category.money().word());
    assertThat(line.path("reference").asString()).isEqualTo("order-1");
    assertThat(line.path("total_ms").asDouble()).isEqualTo(10.0);
  }

  @Test
  void writesALineForAPaymentThatMayHaveBeenAttemptedTwiceHoweverItEnded() {
    Settled call = Settled.call("/v1/charges", Category.SUCCEEDED).duplicating();
    log.settled(call.intent(), call.outcome());

    assertThat(lines).hasSize(1);
    JsonNode line = JSON.readTree(lines.getFirst());
    assertThat(line.path("event").asString()).isEqualTo("duplicate_attempt");
    assertThat(line.path("duplicate_of").asString()).isEqualTo(Settled.EARLIER);
  }

  @Test
  void leavesOutWhatIsTooMuchForAMinuteAndSaysHowMuchThatWas() {
    for (int i = 0; i < 10; i++) {
      settle(Category.ANSWER_LOST);
    }
    assertThat(lines).hasSize(3);

    time.advance(Duration.ofMinutes(1));
    settle(Category.ANSWER_LOST);

    assertThat(lines).hasSize(5);
    JsonNode left = JSON.readTree(lines.get(3));
    assertThat(left.path("event").asString()).isEqualTo("calls_not_logged");
    assertThat(left.path("count").asInt()).isEqualTo(7);
    assertThat(left.path("minute").asString()).isEqualTo("2026-03-01T10:00:00Z");

    time.advance(Duration.ofMinutes(1));
    settle(Category.ANSWER_LOST);
    assertThat(lines).hasSize(6);
  }

  @Test
  void saysAtItsEndWhatWasLeftOut() {
    for (int i = 0; i < 5; i++) {
      settle(Category.ANSWER_LOST);
    }

    log.close();
    log.close();

    assertThat(lines).hasSize(4);
    assertThat(JSON.readTree(lines.getLast()).path("count").asInt()).isEqualTo(2);
  }
}
