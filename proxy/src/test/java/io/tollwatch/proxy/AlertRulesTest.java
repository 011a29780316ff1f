package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The alert rules that ship: by Prometheus's own tool where it is installed, and against the
/// metrics that the code has.
class AlertRulesTest {

  private static final Path ALERTS = Path.of("alerts");
  private static final Pattern METRIC = Pattern.compile("tollwatch(?:_[a-z]+)+");
  private static final Pattern NAMED = Pattern.compile("\"(tollwatch(?:\\.[a-z]+)+)\"");

  @Test
  void alertsWhenTheyShouldAndNotOtherwise() throws IOException, InterruptedException {
    assumeTrue(installed(), "promtool is not installed (Debian's package prometheus has it)");
    Process tool =
        new ProcessBuilder(
                "promtool",
                "test",
                "rules",
                "tollwatch.rules.test.yaml",
                "tollwatch.rules.day.test.yaml")
            .directory(ALERTS.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(tool.waitFor()).as(said).isZero();
    assertThat(said).contains("SUCCESS");
  }

  @Test
  void asksForMetricsThatExist() throws IOException {
    Set<String> asked =
        METRIC
            .matcher(Files.readString(ALERTS.resolve("tollwatch.rules.yaml")))
            .results()
            .map(found -> found.group().replaceFirst("_total$", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(registered()).containsAll(asked);
  }

  private static Set<String> registered() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      Set<String> names = new TreeSet<>();
      for (Path source : sources.filter(each -> each.toString().endsWith(".java")).toList()) {
        NAMED
            .matcher(Files.readString(source))
            .results()
            .forEach(found -> names.add(found.group(1).replace('.', '_')));
      }
      return names;
    }
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }
}
