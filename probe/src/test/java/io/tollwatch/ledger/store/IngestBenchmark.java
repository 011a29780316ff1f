package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/// Measures how long the embedded store takes for an exchange with bodies of 700 and 1,100
/// characters, fed in whole batches. No test: its figures depend on the machine.
/// `probe/bench/micro.sh` runs it; for millions of exchanges see [StoreBenchmark].
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx128m", "-XX:+UseSerialGC"})
@Warmup(iterations = 60)
@Measurement(iterations = 60)
public class IngestBenchmark {

  private static final int BATCH = 500;

  private final UUID journal = UUID.randomUUID();
  private Optional<Path> folder = Optional.empty();
  private Optional<Store> store = Optional.empty();
  private Optional<Batch> next = Optional.empty();
  private int made;

  /// Makes a store.
  @Setup
  public void open() throws IOException, SQLException {
    Path fresh = Files.createTempDirectory("tollwatch-ingest");
    Store opened = Store.embedded(fresh);
    opened.open();
    folder = Optional.of(fresh);
    store = Optional.of(opened);
  }

  /// Makes the exchanges of the next batch.
  @Setup(Level.Invocation)
  public void prepare() {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      exchanges.add(exchange(++made));
    }
    next = Optional.of(new Batch(journal, exchanges, List.of(), new Position(0, made)));
  }

  private static Exchange exchange(int number) {
    return new Exchange(
        Samples.intent(number, "stripe", Operation.PAY, "a=1&".repeat(175)),
        Optional.of(
            Samples.answered(
                number,
                Category.SUCCEEDED,
                Fault.NONE,
                Optional.empty(),
                "{\"id\":\"1\"}".repeat(110))));
  }

  /// Until it is committed.
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Fed feed() throws SQLException {
    return store.orElseThrow().feed(next.orElseThrow());
  }

  /// Closes the store and deletes it.
  @TearDown
  public void close() throws IOException {
    store.orElseThrow().close();
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder.orElseThrow());
  }
}
