package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Check;
import io.tollwatch.document.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of checks that a configuration names, beside it.
class OwnChecksTest {

  private static final String LOOK =
      """
      checks:
        %s:
          provider: stripe-test
          %s
          steps: [{name: look, path: /v1/balance}]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("checks"));
    Files.writeString(
        folder.resolve("checks/a.yaml"), LOOK.formatted("a", "schedule: {every: 30s}"));
    Files.writeString(folder.resolve("checks/b.yml"), LOOK.formatted("b", "note: by hand only"));
    Files.writeString(folder.resolve("checks/notes.txt"), "not a check");
  }

  @Test
  void readsFilesAndFoldersAndRunsWhatHasASchedule() throws IOException {
    Files.writeString(folder.resolve("c.yaml"), LOOK.formatted("c", "schedule: {every: 1m}"));
    ConfigReading reading = read("checks: {files: [checks, c.yaml], at-once: 4}");
    ChecksConfig checks = ((ConfigReading.Valid) reading).configuration().checks();
    assertThat(checks.atOnce()).isEqualTo(4);
    assertThat(checks.scheduled()).extracting(Check::name).containsExactly("a", "c");
  }

  @Test
  void tellsProblemsOfTheFilesWithTheirPlaces() throws IOException {
    Files.writeString(
        folder.resolve("c.yaml"), LOOK.formatted("c", "schedule: {cron: \"0 0 30 2 *\"}"));
    assertThat(problems("checks: {files: [checks, c.yaml, nothing]}"))
        .anySatisfy(problem ->
            assertThat(problem).contains("tollwatch.yaml:1:34", "no such file or folder"))
        .anySatisfy(problem -> assertThat(problem).contains("c.yaml:4:22", "can never run"));
  }

  @Test
  void tellsTwoChecksOfOneName() throws IOException {
    Files.writeString(folder.resolve("c.yaml"), LOOK.formatted("a", "schedule: {every: 1m}"));
    assertThat(problems("checks: {files: [checks, c.yaml]}"))
        .singleElement()
        .asString()
        .contains("the check a of", "is in", "too; give one of the two another name");
  }

  private List<String> problems(String yaml) throws IOException {
    return read(yaml) instanceof ConfigReading.Invalid(List<FileProblem> problems)
        ? problems.stream().map(FileProblem::text).toList()
        : List.of();
  }

  private ConfigReading read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("tollwatch.yaml"), yaml + "\n");
    return new ConfigReader(Map.of()).read(file);
  }
}
