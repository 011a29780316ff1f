package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// In a process of its own, whose command line asks for all that libraries can say.
class LoggingTest {

  @TempDir private Path folder;

  /// What runs in that process.
  static final class Chatty {
    private Chatty() {}

    public static void main(String[] arguments) {
      Logging.quieten();
      LoggerFactory.getLogger("org.apache.hc.client5.http.wire").debug("secret on the wire");
      LoggerFactory.getLogger("org.apache.hc.client5.http.headers").info("secret header");
      Logger.getLogger("io.helidon.webserver").fine("secret of the server");
      System.getLogger("javax.net.ssl").log(System.Logger.Level.DEBUG, "secret of TLS");
      LoggerFactory.getLogger("org.apache.hc").warn("a warning");
      System.err.println("debug=" + System.getProperty("javax.net.debug"));
    }
  }

  @Test
  void nothingFinerThanAWarningComesFromLibrariesWhateverIsConfigured() throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            .level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            org.apache.hc.client5.http.wire.level = ALL
            org.apache.hc.client5.http.wire.handlers = java.util.logging.ConsoleHandler
            org.apache.hc.client5.http.headers.level = ALL
            io.helidon.webserver.level = ALL
            javax.net.ssl.level = ALL
            """);

    String printed =
        run("-Djava.util.logging.config.file=" + configuration, "-Djavax.net.debug=all");

    assertThat(printed).contains("a warning", "debug=null").doesNotContain("secret");
  }

  private static String run(String... options) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Chatty.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
