package io.tollwatch.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.reconcile.Total;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final ManualTime time = new ManualTime(Settled.START);
  private final Metrics metrics = new Metrics(time.instants());

  private void settle(Settled call) {
    metrics.settled(call.intent(), call.outcome());
  }

  private List<String> series() {
    return metrics.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void countsCallsByProviderOperationCategoryAndMoney() {
    settle(Settled.call("/a", Category.SUCCEEDED));
    settle(Settled.call("/b", Category.SUCCEEDED));
    settle(Settled.call("/a", Category.ANSWER_LOST).repeating());

    assertThat(series())
        .contains(
            "tollwatch_requests_total{category=\"succeeded\",money=\"succeeded\",operation=\"pay\","
                + "provider=\"stripe\"} 2.0",
            "tollwatch_requests_total{category=\"answer_lost\",money=\"in_doubt\",operation=\"pay\","
                + "provider=\"stripe\"} 1.0",
            "tollwatch_repeats_total{provider=\"stripe\"} 1.0");
  }

  @Test
  void countsWhatAProfileLacksByProviderAndPlaceOnly() {
    for (int i = 0; i < 1_000; i++) {
      settle(Settled.call("/a", Category.DECLINE_SOFT).unmapped("new_" + i, "stripe/decline_code"));
    }

    assertThat(series())
        .contains(
            "tollwatch_unmapped_codes_total{at=\"stripe/decline_code\",provider=\"stripe\"} 1000.0")
        .noneMatch(line -> line.contains("new_"));
  }

  /// Tricky case 15 of the taxonomy: each decline is an answer, many at once are a symptom.
  @Test
  void aJumpOfDeclinesIsASeriesOfItsOwn() {
    for (int i = 0; i < 40; i++) {
      settle(Settled.call("/a", Category.DECLINE_SOFT));
    }

    assertThat(series())
        .contains(
            "tollwatch_requests_total{category=\"decline_soft\",money=\"rejected\",operation=\"pay\","
                + "provider=\"stripe\"} 40.0");
  }

  /// Tricky case 15: whose declines they are. One rail's jump must not drown in the others.
  @Test
  void aJumpOfDeclinesOnOneRailIsASeriesOfItsOwn() {
    for (int i = 0; i < 30; i++) {
      settle(Settled.call("/a", Category.DECLINE_SOFT).onRail("discover"));
      settle(Settled.call("/a", Category.SUCCEEDED).onRail("visa"));
    }
    settle(Settled.call("/a", Category.DECLINE_SOFT).onRail("visa"));
    settle(Settled.call("/a", Category.DECLINE_HARD).answeredByRail("amex"));
    settle(Settled.call("/a", Category.DECLINE_HARD).onRail("visa").answeredByRail("amex"));
    settle(Settled.call("/a", Category.DECLINE_SOFT));

    String series =
        "tollwatch_rail_requests_total{category=\"%s\",operation=\"pay\",provider=\"stripe\","
            + "rail=\"%s\"} %s";
    assertThat(series().stream().filter(line -> line.startsWith("tollwatch_rail_")))
        .containsExactlyInAnyOrder(
            series.formatted("decline_soft", "discover", "30.0"),
            series.formatted("decline_soft", "visa", "1.0"),
            series.formatted("succeeded", "visa", "30.0"),
            series.formatted("decline_hard", "amex", "1.0"),
            series.formatted("decline_hard", "visa", "1.0"));
  }

  /// Tricky case 20: where only a webhook tells the result, the age of what is not final tells that
  /// webhooks don't come.
  @Test
  void theOldestPaymentThatIsNotFinalGetsOlder() {
    Total pending = new Total("mollie", Money.PENDING, "EUR", 3, 4500, Settled.START);
    metrics.inDoubt(() -> List.of(pending));
    String age =
        "tollwatch_in_doubt_oldest_seconds{currency=\"EUR\",money=\"pending\",provider=\"mollie\"} ";

    time.advance(Duration.ofMinutes(2));
    assertThat(series()).contains(age + "120.0");
    time.advance(Duration.ofHours(1));
    assertThat(series()).contains(age + "3720.0");
  }

  @Test
  void countsPaymentsThatMayHaveBeenAttemptedTwice() {
    settle(Settled.call("/a", Category.SUCCEEDED).duplicating());

    assertThat(series()).contains("tollwatch_duplicate_attempts_total{provider=\"stripe\"} 1.0");
  }

  @Test
  void timesPhasesAsHistogramsWhoseSumIsNotDoubled() {
    settle(Settled.call("/a", Category.SUCCEEDED));

    assertThat(series())
        .contains(
            "tollwatch_phase_seconds_count{phase=\"send\",provider=\"stripe\"} 1",
            "tollwatch_phase_seconds_sum{phase=\"wait\",provider=\"stripe\"} 0.007",
            "tollwatch_phase_seconds_bucket{phase=\"wait\",provider=\"stripe\",le=\"0.005\"} 0",
            "tollwatch_phase_seconds_bucket{phase=\"wait\",provider=\"stripe\",le=\"0.025\"} 1",
            "tollwatch_call_seconds_sum{provider=\"stripe\"} 0.01",
            "tollwatch_own_seconds_sum{provider=\"stripe\"} 0.001")
        .noneMatch(line -> line.contains("phase=\"total\"") || line.contains("phase=\"dns\""));
  }

  @Test
  void countsDownTheDaysOfTheCertificate() {
    settle(Settled.call("/a", Category.SUCCEEDED));
    assertThat(series()).contains("tollwatch_certificate_days{provider=\"stripe\"} 30.0");

    time.advance(Duration.ofDays(29));
    assertThat(series()).contains("tollwatch_certificate_days{provider=\"stripe\"} 1.0");
  }

  @Test
  void whateverCallersSendTheNumberOfSeriesStaysTheSame() {
    settle(Settled.call("/v1/charges", Category.SUCCEEDED));
    int before = series().size();

    for (int i = 0; i < 10_000; i++) {
      settle(Settled.call("/v1/charges/ch_" + i + "?q=" + i, Category.SUCCEEDED));
    }

    assertThat(series()).hasSize(before);
  }

  @Test
  void everyMetricHasAHelpTextAndAName() {
    settle(Settled.call("/a", Category.ANSWER_LOST).repeating());
    settle(Settled.call("/a", Category.ANSWER_LOST).duplicating());
    settle(Settled.call("/a", Category.ANSWER_LOST).unmapped("new", "stripe/code"));

    List<String> names =
        metrics
            .scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.replaceFirst("# TYPE (\\S+) .*", "$1"))
            .toList();
    assertThat(names).isNotEmpty().allMatch(name -> name.matches("tollwatch_[a-z_]+"));
    assertThat(metrics.scrape().lines().filter(line -> line.startsWith("# HELP ")))
        .allMatch(line -> line.matches("# HELP \\S+ .{5,}"));
  }
}
