package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes texts into a file of a test's own folder and reads them as configuration.
final class ReadingFixture {

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TOLLWATCH_TOKEN",
          "a-token",
          "STRIPE_KEY",
          "sk_test_key",
          "STRIPE_US_KEY",
          "sk_test_key_us",
          "TOLLWATCH_JOIN_KEY",
          "0123456789abcdef0123456789abcdef",
          "TOLLWATCH_DB_PASSWORD",
          "a-password",
          "STRIPE_LOOKUP_KEY",
          "rk_test_key",
          "STRIPE_WEBHOOK_SECRET",
          "whsec_test",
          "TOLLWATCH_EVENTS_SECRET",
          "whsec_AAAA",
          "BROKEN",
          "a\r\nb",
          "NONE",
          "");

  private final Path file;

  ReadingFixture(Path folder) {
    this.file = folder.resolve("tollwatch.yaml");
  }

  ConfigReading read(String yaml) {
    try {
      return new ConfigReader(ENVIRONMENT).read(Files.writeString(file, yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Configuration valid(String yaml) {
    ConfigReading reading = read(yaml);
    assertThat(reading).isInstanceOf(ConfigReading.Valid.class);
    return ((ConfigReading.Valid) reading).configuration();
  }

  /// The problems as `line:column: message; hint`.
  List<String> problems(String yaml) {
    ConfigReading reading = read(yaml);
    assertThat(reading).isInstanceOf(ConfigReading.Invalid.class);
    return ((ConfigReading.Invalid) reading)
        .problems().stream().map(problem -> problem.text().replace(file + ":", "")).toList();
  }
}
