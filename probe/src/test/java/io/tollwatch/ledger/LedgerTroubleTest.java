package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.Fed;
import io.tollwatch.ledger.store.LedgerSummary;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P4 and the ledger: whatever the database does, recording returns, and what was lost is counted.
class LedgerTroubleTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InstantSource CLOCK = InstantSource.fixed(Samples.START);

  @TempDir private Path temp;
  private DataFolder folder;

  @BeforeEach
  void open() {
    folder = ((DataFolder.Opening.Opened) DataFolder.open(temp)).folder();
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private StoredLedger start(Trouble trouble, int maxRecords) {
    Store store = Store.embedded(temp);
    Sink sink = Sink.of(store);
    Sink troubled =
        new Sink() {
          @Override
          public void prepare() throws SQLException {
            trouble.perhaps();
            sink.prepare();
          }

          @Override
          public Fed feed(Batch batch) throws SQLException {
            trouble.perhaps();
            return sink.feed(batch);
          }
        };
    RecordQueue queue = new RecordQueue(maxRecords, Long.MAX_VALUE);
    return StoredLedger.start(store, troubled, queue, CLOCK);
  }

  @FunctionalInterface
  private interface Trouble {
    void perhaps() throws SQLException;
  }

  @Test
  void aFailingDatabaseFillsTheQueueAndIsCaughtUpWithLater() throws InterruptedException {
    AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.of("disk full"));
    CountDownLatch refused = new CountDownLatch(1);
    Trouble flaky =
        () -> {
          if (refusal.get().isPresent()) {
            refused.countDown();
            throw new SQLException(refusal.get().get());
          }
        };
    try (StoredLedger ledger = start(flaky, 5)) {
      for (int number = 0; number < 4; number++) {
        ledger.intent(Samples.pay(number));
        ledger.outcome(Samples.succeeded(number));
      }
      refused.await();
      assertThat(ledger.flush(Duration.ofMillis(300))).isFalse();

      LedgerState bad = ledger.state();
      assertThat(bad.queued()).isEqualTo(5);
      assertThat(bad.droppedIntents()).isEqualTo(1);
      assertThat(bad.droppedOutcomes()).isEqualTo(2);
      assertThat(bad.trouble()).contains(new LedgerState.Trouble(Samples.START, "disk full"));

      refusal.set(Optional.empty());
      assertThat(ledger.flush(LIMIT)).isTrue();

      assertThat(ledger.state().trouble()).isEmpty();
      assertThat(ledger.state().written()).isEqualTo(5);
      assertThat(ledger.reader().find(ExchangeQuery.of()))
          .extracting(Exchange::id)
          .containsExactly(Samples.id(2), Samples.id(1), Samples.id(0));
    }
  }

  @Test
  void aHungDatabaseNeverBlocksRecording() throws InterruptedException {
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Trouble hanging =
        () -> {
          hung.countDown();
          awaitQuietly(release);
        };
    try (StoredLedger ledger = start(hanging, 3)) {
      hung.await();
      for (int number = 0; number < 1_000; number++) {
        ledger.intent(Samples.pay(number));
      }

      assertThat(ledger.state().queued()).isEqualTo(3);
      assertThat(ledger.state().droppedIntents()).isEqualTo(997);

      release.countDown();
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.state().written()).isEqualTo(3);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws SQLException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
  }

  @Test
  void heavyRecordsAreBoundedToo() {
    RecordQueue queue = new RecordQueue(1_000, 3 * LedgerRecord.FACTS_WEIGHT);
    LedgerRecord record = new LedgerRecord.Intended(Samples.pay(1));

    assertThat(queue.offer(record)).isTrue();
    assertThat(queue.offer(record)).isTrue();
    assertThat(queue.offer(record)).isFalse();
    queue.remove(1);
    assertThat(queue.offer(record)).isTrue();
  }

  @Test
  void aDestroyedFileIsTroubleAndIsNotTouched() throws Exception {
    byte[] junk = "this is no database ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Files.write(temp.resolve("ledger.mv.db"), junk);

    assertThat(StoredLedger.read(folder)).isInstanceOf(ExchangeReader.Opening.Refused.class);
    try (StoredLedger ledger = StoredLedger.open(folder, CLOCK)) {
      ledger.intent(Samples.pay(1));
      assertThat(ledger.flush(Duration.ofMillis(500))).isFalse();
      assertThat(ledger.state().trouble()).isPresent();
      ledger.close(Duration.ZERO);
    }

    assertThat(Files.readAllBytes(temp.resolve("ledger.mv.db"))).isEqualTo(junk);
  }

  @Test
  void aKilledProcessLosesNothingWrittenAndItsOpenPaymentsAreInDoubt() throws Exception {
    folder.close();
    try (ChildProcess child = ChildProcess.start("record", temp)) {
      child.awaitLine("ready");
    }
    open();

    try (StoredLedger ledger = start(() -> {}, 100)) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      LedgerSummary summary = ledger.reader().summary(Samples.START);

      assertThat(summary.lines()).hasSize(2).allMatch(line -> line.count() == 600);
      assertThat(summary.inDoubt()).isEqualTo(600);
      assertThat(ledger.reader().byId(Samples.id(1)).orElseThrow().outcome().orElseThrow())
          .matches(outcome -> outcome.verdict().money() == Money.IN_DOUBT);
    }
  }
}
