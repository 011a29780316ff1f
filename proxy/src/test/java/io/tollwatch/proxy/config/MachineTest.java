package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

  private static final String ONE =
      """
      egress: {max-connections: %d}
      providers:
        one: {profile: stripe, url: "http://127.0.0.1:1", pool-size: 2000%s}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1048576, 1024, '', 1024",
    "2560, 1024, '', 1024",
    "2558, 1024, '', 1023",
    "2558, 1024, '{port: 0}', 511",
    "1024, 1024, '', 256",
    "1024, 100, '', 100",
    "256, 1024, '', 8",
  })
  void asManyClientsAsHaveFilesForThemAndTheirCalls(
      long files, int configured, String own, int accepted) {
    Configuration configuration =
        new ReadingFixture(folder)
            .valid(ONE.formatted(configured, own.isEmpty() ? "" : ", listen: " + own));
    Machine machine = new Machine(8L << 30, files);
    assertThat(machine.clients(configuration)).isEqualTo(accepted);
    if (accepted < configured) {
      assertThat(Warnings.of(configuration, machine))
          .singleElement()
          .asString()
          .contains(
              configured + " clients", "may open " + files, "accepts " + accepted, "ulimit -n");
    } else {
      assertThat(Warnings.of(configuration, machine)).isEmpty();
    }
  }

  @Test
  void noMoreFilesAreLeftForCallsThanTheyCanTake() {
    Configuration configuration = new ReadingFixture(folder).valid(ONE.formatted(65_536, ""));
    int pools =
        configuration.providers().values().stream().mapToInt(ProviderConfig::poolSize).sum();
    assertThat(new Machine(8L << 30, 20_000).clients(configuration))
        .isEqualTo(20_000 - 512 - pools)
        .isGreaterThan(15_000);
  }
}
