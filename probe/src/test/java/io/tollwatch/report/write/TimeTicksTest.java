package io.tollwatch.report.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.TimeGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTicksTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<TimeTicks.Tick> ticks(Instant from, Duration length) {
    return TimeTicks.of(TimeGrid.of(TimeWindow.of(from, length)), BERLIN);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T10:00:00.123Z, PT24H, 12:00 15:00 18:00 21:00 3 Mar 03:00 06:00 09:00",
    "2026-03-02T12:33:00Z, PT2H32M, 14:00 14:30 15:00 15:30 16:00",
    "2026-03-02T12:33:07Z, PT20S, 13:33:10 13:33:15 13:33:20 13:33:25",
    "2026-03-02T12:33:00Z, P7D, 3 Mar 4 Mar 5 Mar 6 Mar 7 Mar 8 Mar 9 Mar",
    "2026-03-28T22:30:00Z, PT6H, 29 Mar 01:00 03:00 04:00 05:00 06:00",
    "2026-10-24T22:30:00Z, PT5H, 01:00 02:00 02:00 03:00 04:00",
  })
  void areRoundTimesOfTheZoneAlsoWhereClocksAreChanged(
      Instant from, Duration length, String labels) {
    assertThat(
            ticks(from, length).stream()
                .map(TimeTicks.Tick::label)
                .collect(Collectors.joining(" ")))
        .isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({"PT1S", "PT1M", "PT1H", "PT5H", "P1D", "P3D", "P31D", "P400D", "P9000D"})
  void areFewAndLieWithinTheTime(Duration length) {
    Instant from = Instant.parse("2026-03-02T10:00:00Z");
    List<TimeTicks.Tick> ticks = ticks(from, length);

    assertThat(ticks).hasSizeLessThanOrEqualTo(10);
    assertThat(ticks)
        .allMatch(tick -> !tick.at().isBefore(from))
        .allMatch(tick -> tick.at().isBefore(from.plus(length.multipliedBy(2))));
  }
}
