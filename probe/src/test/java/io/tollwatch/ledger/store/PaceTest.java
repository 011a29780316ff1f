package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rests are told from work by their length alone: no reading of so few rows takes that long.
class PaceTest {

  private static final int ROWS = 300;
  private static final int READERS = 4;
  private static final Duration REST = Duration.ofSeconds(2);

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @BeforeEach
  void fill(@TempDir Path temp) throws SQLException {
    store = StoreKind.H2.place(temp).store();
    List<Exchange> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new Exchange(
              Samples.intent(i, "stripe", Operation.PAY, ""), Optional.of(Samples.succeeded(i))));
    }
    store.feed(new Batch(new UUID(1, 2), rows, List.of(), new Position(0, 1)));
    assertThat(read()).isLessThan(REST);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aReaderRestsWhileItReads() {
    Pace.with(
        () -> Math.toIntExact(REST.toMillis()),
        () -> assertThat(read()).isGreaterThanOrEqualTo(REST));
  }

  @Test
  void whoUsesItsConnectionNextDoesNot() {
    Pace.with(() -> Math.toIntExact(REST.toMillis()), this::read);

    Duration work = Duration.ZERO;
    while (work.toMillis() < 3 * Pace.WORK_MILLIS) {
      Duration took = read();
      assertThat(took).isLessThan(REST);
      work = work.plus(took);
    }
  }

  @Test
  void nobodyRestsWhoNeedNot() {
    Pace.with(() -> 0, () -> assertThat(read()).isLessThan(REST));
  }

  /// Who feeds, or asks for a call, must find a connection while as many read as may at once.
  @Test
  void nobodyWaitsForThoseWhoRest() throws Exception {
    CountDownLatch reading = new CountDownLatch(READERS);
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      for (int i = 0; i < READERS; i++) {
        readers.execute(() -> Pace.with(() -> resting(reading), this::read));
      }
      reading.await();
      assertThat(read()).isLessThan(REST);
      long begun = System.nanoTime();
      store.feed(new Batch(new UUID(1, 2), List.of(), List.of(), new Position(0, 2)));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(REST);
    }
  }

  private static int resting(CountDownLatch reading) {
    reading.countDown();
    return Math.toIntExact(
        REST.multipliedBy(2).toMillis()); // so that no slow machine is taken for one
  }

  private Duration read() {
    long begun = System.nanoTime();
    List<Fact> facts = new ArrayList<>();
    store
        .reports()
        .facts(Slice.of(TimeWindow.of(Samples.startedAt(0), Duration.ofSeconds(ROWS))), facts::add);
    assertThat(facts).hasSize(ROWS);
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
