package io.tollwatch.ledger;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.journal.Appended;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.JournalSettings;
import io.tollwatch.ledger.journal.Opening;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Measures how long it takes to record a call, intent and outcome with bodies of 700 and 1,100
/// characters, on one thread; as many at a time as one segment of the journal takes, since nobody
/// fills one after the other. No test: its figures depend on the machine. `probe/bench/micro.sh`
/// runs it.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx128m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 30)
@Measurement(iterations = 30)
public class RecordingBenchmark {

  private static final int CALLS = 3_000;

  private final Intent intent = Samples.intent(1, "stripe", Operation.PAY, "a=1&".repeat(175));
  private final Outcome outcome =
      Samples.answered(
          1, Category.SUCCEEDED, Fault.NONE, Optional.empty(), "{\"id\":\"1\"}".repeat(110));
  private Optional<Path> folder = Optional.empty();
  private Optional<Journal> journal = Optional.empty();

  /// Opens a journal in a folder of its own.
  @Setup(Level.Invocation)
  public void open() throws IOException {
    Path fresh = Files.createTempDirectory("tollwatch-recording");
    folder = Optional.of(fresh);
    journal =
        switch (Journal.open(fresh, JournalSettings.defaults(), InstantSource.system())) {
          case Opening.Ready<Journal>(Journal opened) -> Optional.of(opened);
          case Opening.Newer<Journal> newer -> throw new IOException(newer.reason());
          case Opening.Unusable<Journal>(String reason) -> throw new IOException(reason);
        };
  }

  /// From the two records to their bytes in the page cache.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public Appended record() {
    Journal open = journal.orElseThrow();
    Appended last = new Appended.NotKept("nothing was appended");
    for (int i = 0; i < CALLS; i++) {
      last = open.appendDurable(JournalCodec.INTENT, JournalCodec.bytes(intent));
      last = open.append(JournalCodec.OUTCOME, JournalCodec.bytes(outcome));
    }
    return last;
  }

  /// Closes the journal and deletes it.
  @TearDown(Level.Invocation)
  public void close() throws IOException {
    journal.orElseThrow().close();
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder.orElseThrow());
  }
}
