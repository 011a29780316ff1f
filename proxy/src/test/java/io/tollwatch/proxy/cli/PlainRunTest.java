package io.tollwatch.proxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class PlainRunTest {

  private static final int TRIES = 20_000;

  /// Of what a command line may be made, well or not.
  private static final List<String> WORDS =
      List.of(
          "-c",
          "--config",
          "--config=t.yaml",
          "--config=",
          "-ct.yaml",
          "-c=t.yaml",
          "--data",
          "--data=d",
          "--data=a=b",
          "--port",
          "--port=0",
          "--port=x",
          "--port=-1",
          "--admin-port",
          "--admin-port=65536",
          "t.yaml",
          "d e",
          "=",
          "a=b",
          "9400",
          "+7",
          "007",
          "-1",
          "1 ",
          "",
          "@t.yaml",
          "\"d\"",
          "'d'",
          "--help",
          "-h",
          "--version",
          "--",
          "-",
          "--conf",
          "run",
          "\0");

  @Test
  void readsWhatIsPlain() {
    assertEquals(
        Optional.of(new ConfigChoice(Path.of("t.yaml"), Path.of("a=b"), 0, 9402)),
        PlainRun.of("run", "-c", "t.yaml", "--data=a=b", "--port=0", "--admin-port", "9402"));
    assertEquals(Optional.of(new ConfigChoice(null, null, null, null)), PlainRun.of("run"));
  }

  /// The library says what is wrong with it, or helps.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "run --help",
        "run -c",
        "run t.yaml",
        "run --port x",
        "run --port 1 --port 2",
        "run --config @t.yaml",
        "run --config --data",
      })
  void leavesAllElseToTheLibrary(String line) {
    assertEquals(Optional.empty(), PlainRun.of(line.split(" ", -1)));
  }

  /// Or a sidecar would run with another file or folder than its user asked for.
  @Test
  void readsNothingOtherThanTheLibraryDoes() {
    Random random = new Random(8);
    int plain = 0;
    for (int i = 0; i < TRIES; i++) {
      List<String> words = new ArrayList<>();
      for (int n = random.nextInt(7); n > 0; n--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      List<String> line = new ArrayList<>(List.of("run"));
      line.addAll(words);
      Optional<ConfigChoice> read = PlainRun.of(line.toArray(String[]::new));
      if (read.isPresent()) {
        plain++;
        assertEquals(read, byLibrary(words), line::toString);
      }
    }
    assertTrue(plain > 500, "only %d lines were plain".formatted(plain));
  }

  private static Optional<ConfigChoice> byLibrary(List<String> words) {
    ConfigOptions options = new ConfigOptions();
    try {
      new CommandLine(options).parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      return Optional.empty();
    }
    return Optional.of(options.chosen());
  }
}
