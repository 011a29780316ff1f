package io.tollwatch.ledger;

import io.tollwatch.ledger.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Another process that uses a data folder; killed at once when closed, as by `kill -9`.
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// Starts one.
  ///
  /// @param role `hold` takes the folder and publishes an address, `record` records exchanges as
  ///   well
  static ChildProcess start(String role, Path folder) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            ChildProcess.class.getName(),
            role,
            folder.toString());
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Waits for the child to say so.
  void awaitLine(String expected) throws IOException {
    String line = Objects.requireNonNull(output.readLine(), "the child ended early");
    if (!line.equals(expected)) {
      throw new IllegalStateException("the child said: " + line);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    output.close();
  }

  /// The child's side.
  public static void main(String[] args) throws Exception {
    var opening = (DataFolder.Opening.Opened) DataFolder.open(Path.of(args[1]));
    opening.folder().publishAdmin(URI.create("http://127.0.0.1:9402"), "secret");
    if (args[0].equals("record")) {
      record(opening.folder());
    }
    System.out.println("ready");
    var _ = System.in.read(); // until killed
  }

  private static void record(DataFolder folder) {
    JournaledLedger ledger =
        JournaledLedger.open(
            folder,
            Store.embedded(folder.path()),
            LedgerSettings.defaults(),
            InstantSource.fixed(Samples.START),
            System::nanoTime);
    for (int number = 0; number < 1_200; number++) {
      ledger.intent(Samples.pay(number));
      if (number % 2 == 0) {
        ledger.outcome(Samples.succeeded(number));
      }
    }
  }
}
