package io.tollwatch.checks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tollwatch.checks.schedule.Patience;
import io.tollwatch.checks.schedule.Schedule;
import io.tollwatch.checks.schedule.Slots;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleReadingTest {

  @Test
  void readsSchedules() {
    Schedule every =
        read(
            "{every: 30s, jitter: 0ms, re-check: 5s, down-after: {failed: 3, of: 5}, up-after: 2}");
    assertThat(every.slots()).isEqualTo(new Slots.Every(Duration.ofSeconds(30)));
    assertThat(every.jitter()).contains(Duration.ZERO);
    assertThat(every.recheck()).contains(Duration.ofSeconds(5));
    assertThat(every.patience()).isEqualTo(new Patience(3, 5, 2));
    Schedule cron =
        read(
            "{cron: \"*/5 8-18 * * MON-FRI\", zone: Europe/Berlin,"
                + " maintenance: [{cron: \"0 12 * * *\", for: 1h}]}");
    assertThat(cron.slots())
        .isEqualTo(new Slots.Cron("*/5 8-18 * * MON-FRI", ZoneId.of("Europe/Berlin")));
    assertThat(cron.patience()).isEqualTo(Patience.usual());
    assertThat(cron.maintenance()).hasSize(1);
  }

  @Test
  void aCheckWithoutAScheduleIsRunByPeopleOnly() {
    assertThat(Reading.of(check("")))
        .asInstanceOf(type(CheckReading.Valid.class))
        .satisfies(valid -> assertThat(valid.checks().getFirst().schedule()).isEmpty());
  }

  @Test
  void tellsAScheduleThatCanNeverRun() {
    assertThat(problem("{cron: \"0 0 30 2 *\"}"))
        .isEqualTo(
            "checks.yaml:4:22: checks.look.schedule.cron can never run; write times that come");
    assertThat(problem("{cron: \"30 2 * * *\", maintenance: [{cron: \"0 2 * * *\", for: 1h}]}"))
        .contains("schedule.cron can never run outside of maintenance");
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(problem("{cron: \"61 * * * *\"}")).contains("checks.yaml:4:22", "write five fields");
    assertThat(problem("{cron: \"* * * * *\", zone: Atlantis}")).contains("is no time zone");
    assertThat(problem("{every: 30s, jitter: 20s}"))
        .contains("checks.look.schedule.jitter is too long; write at most half");
    assertThat(problem("{every: 30s, re-check: 31s}")).contains("re-check is too long");
    assertThat(problem("{every: 30s, down-after: {failed: 3, of: 2}}"))
        .contains("failed is more than of");
    assertThat(problem("{every: 30s, zone: UTC}")).contains("zone needs cron");
    assertThat(problem("{every: 1s}")).contains("5s");
    assertThat(problem("{every: 30s, cron: \"* * * * *\"}")).contains("checks.look.schedule");
    assertThat(problem("{}")).contains("checks.look.schedule");
  }

  private static Schedule read(String schedule) {
    Optional<Schedule> read =
        Reading.of(check("    schedule: " + schedule + "\n")) instanceof CheckReading.Valid valid
            ? valid.checks().getFirst().schedule()
            : Optional.empty();
    return read.orElseThrow();
  }

  private static String problem(String schedule) {
    return Reading.problems(check("    schedule: " + schedule + "\n")).getFirst();
  }

  private static String check(String schedule) {
    return """
    checks:
      look:
        provider: stripe
    %s    steps: [{name: look, path: /v1/balance}]
    """
        .formatted(schedule);
  }
}
