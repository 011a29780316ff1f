package io.tollwatch.proxy.scenario;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.gateway.FakeGateway;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.LeftLedger;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// `tollwatch run` in a process of its own, with one provider, `stripe`; killed when closed.
final class ChildSidecar implements AutoCloseable {

  private static final String EGRESS = "tollwatch: egress listens on ";

  private final Process process;
  private final Path folder;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private ChildSidecar(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    Thread.ofVirtual().start(this::readLines);
  }

  /// Starts one and waits until it takes calls.
  ///
  /// @param top lines of the configuration's top level
  static ChildSidecar start(Path folder, FakeGateway gateway, String top) throws IOException {
    configure(folder, gateway, top);
    return start(folder, Map.of());
  }

  /// Starts one with the configuration file that is in the folder.
  static ChildSidecar start(Path folder, Map<String, String> environment) throws IOException {
    return start(QuickStart.command(), folder, environment);
  }

  /// Starts one by a command of its own.
  ///
  /// @param tollwatch the command without its arguments
  static ChildSidecar start(List<String> tollwatch, Path folder, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(tollwatch);
    command.addAll(List.of("run", "-c", folder.resolve("tollwatch.yaml").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    ChildSidecar child = new ChildSidecar(builder.start(), folder);
    try {
      child.awaitLine("call a provider at");
    } catch (AssertionError e) {
      child.close();
      throw e;
    }
    return child;
  }

  /// Writes its configuration file.
  static void configure(Path folder, FakeGateway gateway, String top) throws IOException {
    Files.writeString(
        folder.resolve("tollwatch.yaml"),
        """
        data: %s
        egress: {port: 0}
        admin: {port: 0}
        %s
        providers:
          stripe: {url: "%s", response-timeout: 60s}
        """
            .formatted(folder.resolve("data"), top, gateway.url()));
  }

  String url(String provider) {
    String line = lines.stream().filter(l -> l.startsWith(EGRESS)).findFirst().orElseThrow();
    return line.substring(EGRESS.length()) + "/" + provider;
  }

  Path data() {
    return folder.resolve("data");
  }

  /// Sends it a signal, such as `TERM`.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// Runs it on that core alone from now on.
  void pin(int core) throws IOException, InterruptedException {
    int ended =
        new ProcessBuilder(
                "taskset", "-a", "-c", "-p", Integer.toString(core), Long.toString(process.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (ended != 0) {
      throw new IllegalStateException("taskset ended with " + ended);
    }
  }

  /// What its JVM answers to a command of `jcmd`.
  String diagnosed(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// How many lines with that part it has printed.
  long printed(String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  void awaitLine(String part) {
    Eventually.holds(
        part + " is printed",
        () -> lines.stream().anyMatch(line -> line.contains(part)) || !process.isAlive());
    if (lines.stream().noneMatch(line -> line.contains(part))) {
      throw new AssertionError("it ended and had said: " + lines);
    }
  }

  /// Waits until so many intents can be read through its API.
  void awaitRecorded(int count) {
    Admin admin = Admin.of(data());
    Eventually.holds(
        count + " intents are written",
        () -> admin.get("/api/exchanges").body().split("\"intent\"", -1).length > count);
  }

  int exitCode() {
    Eventually.holds("it ends", () -> !process.isAlive());
    return process.exitValue();
  }

  /// As `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// What it left behind, newest first.
  List<Exchange> left() {
    return new Left(folder).exchanges();
  }

  /// What dead sidecars left in the data folder below a folder.
  record Left(Path folder) {

    /// All exchanges, newest first.
    List<Exchange> exchanges() {
      var opening = (DataFolder.Opening.Opened) DataFolder.open(folder.resolve("data"));
      try (DataFolder opened = opening.folder();
          LeftLedger left = of(opened)) {
        List<Exchange> all = new ArrayList<>();
        ExchangeQuery next = ExchangeQuery.of().limit(ExchangeQuery.MAX_LIMIT);
        List<Exchange> page = left.reader().find(next);
        while (!page.isEmpty()) {
          all.addAll(page);
          page = left.reader().find(next.before(page.getLast().id()));
        }
        return all;
      }
    }

    /// The ledger itself, from an open folder.
    static LeftLedger of(DataFolder folder) {
      return switch (LeftLedger.open(
          folder,
          Store.embedded(folder.path()),
          InstantSource.system(),
          System::nanoTime,
          LeftLedger.Watch.none())) {
        case LeftLedger.Opened.Ready ready -> ready.ledger();
        case LeftLedger.Opened.Refused refused -> throw new AssertionError(refused.reason());
      };
    }
  }

  private void readLines() {
    try (var reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      // it was killed
    }
  }

  @Override
  public void close() {
    kill();
  }
}
