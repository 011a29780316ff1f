package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportConfigTest {

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ReadingFixture reading;

  @BeforeEach
  void make() {
    reading = new ReadingFixture(folder);
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(
            reading
                .valid(
                    """
                    exports:
                      - {name: daily, report: failures, cron: "0 6 * * *", folder: /reports}
                    """)
                .exports())
        .singleElement()
        .satisfies(export -> {
          assertThat(export.kind()).isEqualTo(ReportKind.FAILURES);
          assertThat(export.format()).isEqualTo(ReportFormat.HTML);
          assertThat(export.zone()).isEqualTo(ZoneOffset.UTC);
          assertThat(export.since()).isEqualTo(Duration.ofHours(24));
          assertThat(export.target())
              .isEqualTo(new ExportConfig.Target.Folder(Path.of("/reports")));
        });
  }

  @Test
  void saysEachThingThatIsWrongWhereItIs() {
    assertThat(
            reading.problems(
                """
                exports:
                  - {name: daily, report: latency, format: har, cron: "0 6 * * *", folder: /reports}
                  - {name: daily, report: failures, cron: "0 25 * * *", folder: /reports}
                  - {name: other, report: failures, cron: "0 6 * * *", zone: Mars/Olympus, folder: /reports}
                  - {name: third, report: failures, cron: "0 6 * * *", provider: nobody, folder: /reports}
                """))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("2:").contains("is no format of latency"),
            problem -> assertThat(problem).startsWith("3:").contains("name of another export"),
            problem -> assertThat(problem).startsWith("3:").contains("cron"),
            problem -> assertThat(problem).startsWith("4:").contains("is no time zone"),
            problem -> assertThat(problem).startsWith("5:").contains("is no provider"));
  }

  @Test
  void aTargetIsNeededAndOnlyOne() {
    assertThat(
            reading.problems(
                """
                exports:
                  - {name: daily, report: failures, cron: "0 6 * * *"}
                """))
        .isNotEmpty();
  }
}
