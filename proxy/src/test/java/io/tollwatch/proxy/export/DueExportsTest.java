package io.tollwatch.proxy.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.proxy.config.ExportConfig;
import io.tollwatch.proxy.export.DueExports.Due;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DueExportsTest {

  private static final ExportConfig DAILY =
      new ExportConfig(
          "daily",
          ReportKind.FAILURES,
          ReportFormat.MD,
          "0 6 * * *",
          ZoneId.of("Europe/Berlin"),
          Duration.ofHours(24),
          Optional.empty(),
          new ExportConfig.Target.Folder(Path.of("reports")));
  private static final List<ExportConfig> ALL = List.of(DAILY);
  private static final Instant BEFORE = Instant.parse("2026-11-26T04:59:59Z");
  private static final Instant SIX = Instant.parse("2026-11-26T05:00:00Z");

  private final DueExports exports = new DueExports();

  @Test
  void oneIsDueOnceAtItsTimeOnItsClock() {
    assertThat(exports.due(ALL, BEFORE)).isEmpty();
    assertThat(exports.due(ALL, SIX)).containsExactly(new Due(DAILY, SIX, 0));
    assertThat(exports.due(ALL, SIX.plusSeconds(1))).isEmpty();
    assertThat(exports.due(ALL, SIX.plus(Duration.ofDays(1)))).hasSize(1);
  }

  @Test
  void whatWasDueWhileNobodyAskedIsDueOnceForTheLastTime() {
    assertThat(exports.due(ALL, BEFORE)).isEmpty();

    assertThat(exports.due(ALL, SIX.plus(Duration.ofHours(49))))
        .containsExactly(new Due(DAILY, SIX.plus(Duration.ofDays(2)), 0));
  }

  @Test
  void aSidecarThatStartsAfterItsTimeWaitsForTheNext() {
    assertThat(exports.due(ALL, SIX.plusSeconds(1))).isEmpty();
    assertThat(exports.due(ALL, SIX.plusSeconds(2))).isEmpty();
  }

  @Test
  void whatFailedIsTriedAgainForTheSameTimeAFewTimes() {
    exports.due(ALL, BEFORE);
    Instant now = SIX;
    Due due = exports.due(ALL, now).getFirst();
    for (int minutes : new int[] {1, 2, 4, 8}) {
      assertThat(exports.failed(due, now)).contains(Duration.ofMinutes(minutes));
      assertThat(exports.due(ALL, now.plusSeconds(59))).isEmpty();
      now = now.plus(Duration.ofMinutes(minutes));
      due = exports.due(ALL, now).getFirst();
      assertThat(due.at()).isEqualTo(SIX);
    }
    assertThat(exports.failed(due, now)).isEmpty();
    assertThat(exports.due(ALL, now.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void whatIsNoLongerConfiguredIsForgotten() {
    exports.due(ALL, BEFORE);
    exports.failed(exports.due(ALL, SIX).getFirst(), SIX);

    assertThat(exports.due(List.of(), SIX.plusSeconds(90))).isEmpty();
    assertThat(exports.due(ALL, SIX.plusSeconds(91))).isEmpty();
  }
}
