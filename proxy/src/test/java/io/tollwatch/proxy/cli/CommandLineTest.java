package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.DataFolder;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "exchanges",
        "in-doubt",
        "validate",
        "status",
        "explain",
        "judge",
        "rejudge",
        "profiles"
      })
  void helpFitsAnOrdinaryTerminalAndNamesTheExitCodes(String command) {
    Ran ran = Ran.command(command, "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.lines()).allMatch(line -> line.length() <= 80);
    if (!command.equals("demo")) {
      assertThat(ran.out()).contains("Usage: tollwatch " + command, "Example", "Exit codes:");
    }
  }

  @Test
  void helpNamesEveryWordThatFiltersTake() {
    String help = Ran.command("exchanges", "--help").out();

    assertThat(Arrays.stream(Category.values()).map(Category::word)).allMatch(help::contains);
    assertThat(Arrays.stream(Money.values()).map(Money::word)).allMatch(help::contains);
  }

  @Test
  void withoutArgumentsShowsTheUsage() {
    Ran ran = Ran.command();

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("Usage: tollwatch", "run", "exchanges", "First steps:");
    assertThat(ran.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpNamesEveryCommandForPeopleAndAnotherOfAnyOfThem() {
    String all = Ran.command("--help").out();

    assertThat(all)
        .containsSubsequence("run", "demo", "exchanges", "in-doubt", "ledger", "help")
        .doesNotContain("rehearse");
    assertThat(Ran.command("help", "ledger").code()).isZero();
    assertThat(Ran.command("help", "leger").err()).contains("Unknown subcommand 'leger'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exchange             | Did you mean: tollwatch exchanges",
        "exchanges --mony x   | --money",
        "run --prot 1         | Unknown options: '--prot'",
        "run --port x         | Invalid value for option '--port'",
        "validate             | Missing required parameter: 'FILE'",
      })
  void wrongUsageIsSaidWithWhatWouldBeRight(String words, String hint) {
    Ran ran = Ran.command(words.strip().split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(hint).doesNotContain("\tat ");
  }

  @Test
  void validateAcceptsARightFile() throws IOException {
    Path file = yaml("egress: {port: 1234}\n");

    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith(file + " is right: ").contains("egress port 1234");
  }

  @Test
  void validateNamesEveryProblemWithItsPlaceAndWhatWouldBeRight() throws IOException {
    Path file =
        yaml(
            """
            egres: {port: 1}
            drain: 11m
            providers:
              acme: {url: "ftp://acme.example"}
            """);

    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(file + ":1:1: unknown key 'egres'; did you mean egress?"),
            line -> assertThat(line).startsWith(file + ":2:8: drain is out of range; use a value"),
            line -> assertThat(line).startsWith(file + ":4:15: providers.acme.url is not a base"),
            line -> assertThat(line).isEqualTo("3 problems"));
  }

  @Test
  void validateAndRunSayThatThereIsNoSuchFile() {
    String missing = folder.resolve("none.yaml").toString();

    assertThat(Ran.command("validate", missing).out()).contains("none.yaml", "no such file");
    Ran ran = Ran.command("run", "-c", missing);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("none.yaml", "no such file").doesNotContain("\tat ");
  }

  @Test
  void runNamesEveryProblemOfTheProfilesToo() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "name: a\nversion: 0\n");
    Files.writeString(folder.resolve("b.yaml"), "name: b\nversion: 1\nerors: []\n");
    Path file = yaml("profiles: [a.yaml, b.yaml]\ndrain: 11m\n");

    Ran ran = run("-c", file.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(file + ":2:8: drain"),
            line -> assertThat(line).startsWith(folder.resolve("a.yaml") + ":2:10: version"),
            line -> assertThat(line).startsWith(folder.resolve("b.yaml") + ":3:1: unknown key"));
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"egress", "admin"})
  void runSaysWhichPortIsInUse(String which) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      boolean egress = which.equals("egress");

      Ran ran = run("--port", egress ? port : "0", "--admin-port", egress ? "0" : port);

      assertOneSentence(ran, "127.0.0.1:" + port + " is in use by another program");
      assertThat(ran.err()).contains("another " + which + " port");
    }
  }

  @Test
  void runSaysThatAnotherOwnsTheDataFolder() {
    DataFolder.Opening opening = DataFolder.open(folder.resolve("data"));
    try (DataFolder owned = ((DataFolder.Opening.Opened) opening).folder()) {
      Ran ran = run("--port", "0", "--admin-port", "0");

      assertOneSentence(ran, "the data folder " + owned.path() + " is owned by another");
    }
  }

  @Test
  void runSaysThatACertificateCanNotBeRead() throws IOException {
    Path file = yaml("providers:\n  stripe: {trust: " + folder.resolve("gone.pem") + "}\n");

    Ran ran = run("-c", file.toString(), "--port", "0", "--admin-port", "0");

    assertOneSentence(ran, file + ":2:19: providers.stripe.trust: ");
  }

  @Test
  void runRefusesAPortThatIsNone() {
    assertOneSentence(run("--port", "70000"), "a port is a number from 0 to 65535, not 70000");
  }

  private Ran run(String... more) {
    String[] all = Arrays.copyOf(new String[] {"run", "--data", data()}, 3 + more.length);
    System.arraycopy(more, 0, all, 3, more.length);
    return Ran.command(all);
  }

  private static void assertOneSentence(Ran ran, String sentence) {
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains(sentence).doesNotContain("Exception");
    assertThat(ran.out()).isEmpty();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("t.yaml"), text);
  }
}
