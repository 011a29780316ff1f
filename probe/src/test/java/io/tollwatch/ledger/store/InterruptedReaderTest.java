package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A caller who goes away interrupts the thread that reads for it. An interrupt closes the channel
/// of a file that is being read; the ledger must not notice.
class InterruptedReaderTest {

  private static final int BATCHES = 200;
  private static final int BATCH = 50;
  private static final int TRIES = 5;

  private static final ExchangeQuery ALL =
      ExchangeQuery.of(new ExchangeFilter.Text("no such text")).limit(1_000);

  @Test
  void disturbsNeitherFeedingNorOtherReaders(@TempDir Path temp) throws Exception {
    try (Store store = StoreKind.H2.place(temp).store()) {
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger begun = new AtomicInteger();
      Thread reader = Thread.ofPlatform().start(() -> read(store, done, begun));
      for (int i = 0; i < BATCHES; i++) {
        feed(store, new Batch(new UUID(1, 2), batch(i), List.of(), new Position(0, i)));
        reader.interrupt();
      }
      done.set(true);
      reader.interrupt();
      reader.join();

      assertThat(begun.get()).as("the reader was at work").isGreaterThan(5);
      assertThat(store.retention().count()).isEqualTo((long) BATCHES * BATCH);
      assertThat(store.reader().byId(Samples.id(BATCHES * BATCH - 1))).isPresent();
    }
  }

  /// As the feeder does: what the store refused is offered again. H2 opens its file anew where an
  /// interrupt closed it, and can find the old lock not gone yet.
  private static void feed(Store store, Batch batch) throws SQLException {
    SQLException refused = null;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        store.feed(batch);
        return;
      } catch (SQLException e) {
        refused = e;
      }
    }
    throw Objects.requireNonNull(refused);
  }

  private static void read(Store store, AtomicBoolean done, AtomicInteger begun) {
    while (!done.get()) {
      begun.incrementAndGet();
      try {
        store.reader().find(ALL);
      } catch (UncheckedIOException e) {
        // an interrupted reader may fail; it alone
      }
    }
  }

  private static List<Exchange> batch(int number) {
    List<Exchange> batch = new ArrayList<>();
    for (int i = number * BATCH; i < (number + 1) * BATCH; i++) {
      batch.add(new Exchange(Samples.pay(i), Optional.of(Samples.succeeded(i))));
    }
    return batch;
  }
}
