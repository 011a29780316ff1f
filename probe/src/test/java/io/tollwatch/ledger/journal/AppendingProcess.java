package io.tollwatch.ledger.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Another process that appends from many threads, and says of each record that it is kept, once
/// appending it has returned. Killed when closed, as by `kill -9`.
final class AppendingProcess implements AutoCloseable {

  private static final int THREADS = 4;

  private final Process process;
  private final BufferedReader output;

  private AppendingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static AppendingProcess start(Path folder, String round) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            folder.toString(),
            round);
    return new AppendingProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /// The next so many records that it says are kept.
  List<String> kept(int count) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      kept.add(line);
      if (kept.size() == count) {
        return kept;
      }
    }
    throw new IllegalStateException("the child ended after " + kept.size());
  }

  /// Kills it, and gives the records that it had said are kept but that nobody had read yet.
  List<String> kill() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // the process itself would close the pipe as well
    process.waitFor();
    List<String> rest = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int next = output.read(); next >= 0; next = output.read()) {
      if (next == '\n') {
        rest.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) next);
      }
    }
    return rest; // what is left has no end: it did not come to say it
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }

  /// The child's side: folder and round.
  public static void main(String[] args) {
    Journal journal = Reading.open(Path.of(args[0]), Reading.small());
    Stream.iterate(0, thread -> thread + 1)
        .limit(THREADS)
        .forEach(
            thread -> Thread.ofPlatform().start(() -> append(journal, args[1] + ":" + thread)));
  }

  private static void append(Journal journal, String name) {
    PrintStream out = System.out;
    for (int number = 0; ; number++) {
      String text = name + ":" + number + ":" + "x".repeat(number % 700);
      byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
      if (journal.append((byte) 1, Reading.bytes(text)) instanceof Appended.Kept) {
        out.write(line, 0, line.length); // one call a line: a print stream locks for it
        out.flush();
      }
    }
  }
}
