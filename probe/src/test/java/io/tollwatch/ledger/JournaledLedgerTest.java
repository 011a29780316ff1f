package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.store.ExchangeFilter.ProviderIs;
import io.tollwatch.ledger.store.ExchangeFilter.Text;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.LedgerSummary;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger on a real journal and a real database file, well treated.
class JournaledLedgerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InstantSource CLOCK = InstantSource.fixed(Samples.START);

  @TempDir private Path temp;
  private DataFolder folder;
  private JournaledLedger ledger;

  @BeforeEach
  void open() {
    open(System::nanoTime);
  }

  private void open(LongSupplier nanos) {
    folder = ((DataFolder.Opening.Opened) DataFolder.open(temp.resolve("data"))).folder();
    ledger =
        JournaledLedger.open(
            folder, Store.embedded(folder.path()), LedgerSettings.defaults(), CLOCK, nanos);
  }

  @AfterEach
  void close() {
    ledger.close();
    folder.close();
  }

  private void reopen() {
    close();
    open();
  }

  private void reopen(LongSupplier nanos) {
    close();
    open(nanos);
  }

  private void flush() throws InterruptedException {
    assertThat(ledger.flush(LIMIT)).as("flushed, %s", ledger.state()).isTrue();
  }

  @Test
  void keepsAnExchangeWhole() throws InterruptedException {
    ledger.intent(Samples.pay(1));
    ledger.outcome(Samples.declined(1, "card_declined"));
    flush();

    assertThat(ledger.reader().byId(Samples.id(1)))
        .contains(new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "card_declined"))));
    LedgerState state = ledger.state();
    assertThat(state.written()).isEqualTo(1);
    assertThat(state.notKept()).isZero();
    assertThat(state.leftOut()).isZero();
    assertThat(state.lag()).isEqualTo(LedgerState.Lag.NONE);
    assertThat(state.degraded()).isEmpty();
    assertThat(state.lastProblem()).isEmpty();
  }

  /// A clock that goes on ten seconds with each exchange: the traffic never ends, and the store is
  /// never more than an exchange behind, or two where the feeder looked just before.
  @Test
  void isAsLateAsTheOldestRecordThatTheStoreLacks() throws InterruptedException {
    AtomicLong seconds = new AtomicLong();
    reopen(() -> TimeUnit.SECONDS.toNanos(seconds.get()));

    for (int i = 1; i <= 60; i++) {
      ledger.intent(Samples.pay(i));
      ledger.outcome(Samples.succeeded(i));
      assertThat(ledger.state().lag().age()).isLessThanOrEqualTo(Duration.ofSeconds(20));
      flush();
      seconds.addAndGet(10);
    }
  }

  /// Time stands still, so that an intent is held back for its outcome.
  @Test
  void whoLeftHurriesNobody() throws InterruptedException {
    reopen(() -> 0);
    flush();
    ledger.intent(Samples.pay(1));

    assertThat(ledger.flush(Duration.ZERO)).isFalse();

    Thread.sleep(700); // the feeder looks five times a second
    assertThat(ledger.reader().byId(Samples.id(1))).isEmpty();
    flush();
    assertThat(ledger.reader().byId(Samples.id(1))).isPresent();
  }

  /// Time stands still, so that an intent is held back for its outcome.
  @Test
  void whoWaitsForWhatWasLearnedHurriesNobodyElse() throws InterruptedException {
    reopen(() -> 0);
    assertThat(ledger.flushResolutions(LIMIT)).isTrue();
    ledger.intent(Samples.pay(1));

    assertThat(ledger.flushResolutions(LIMIT)).isTrue();

    Thread.sleep(700); // the feeder looks five times a second
    assertThat(ledger.reader().byId(Samples.id(1))).isEmpty();

    ledger.outcome(Samples.lost(1));
    Resolution learned =
        new Resolution(
            Samples.id(1),
            CLOCK.instant(),
            Money.SUCCEEDED,
            Resolution.By.LOOKUP,
            "the gateway has it",
            Optional.empty(),
            Optional.empty());
    ledger.resolution(learned);
    assertThat(ledger.flushResolutions(LIMIT)).isTrue();
    assertThat(ledger.reader().byId(Samples.id(1)).orElseThrow().resolutions())
        .containsExactly(learned);
  }

  @Test
  void saysUpToWhenTheStoreHasEverything() throws InterruptedException {
    AtomicLong millis = new AtomicLong();
    reopen(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    assertThat(ledger.knownUntil()).as("before the store has what earlier runs left").isEmpty();
    flush();
    assertThat(ledger.knownUntil()).contains(CLOCK.instant());

    ledger.intent(Samples.pay(1));
    millis.addAndGet(900); // it is held back for longer
    assertThat(ledger.knownUntil()).contains(CLOCK.instant().minusMillis(900));

    flush();
    assertThat(ledger.knownUntil()).contains(CLOCK.instant());
  }

  @Test
  void survivesReopening() {
    ledger.intent(Samples.pay(1));
    ledger.outcome(Samples.succeeded(1));

    reopen();

    assertThat(ledger.reader().find(ExchangeQuery.of()))
        .containsExactly(new Exchange(Samples.pay(1), Optional.of(Samples.succeeded(1))));
  }

  @Test
  void showsARunningExchangeWithoutOutcome() throws InterruptedException {
    ledger.intent(Samples.pay(1));
    flush();

    assertThat(ledger.reader().byId(Samples.id(1)))
        .contains(new Exchange(Samples.pay(1), Optional.empty()));
    assertThat(ledger.reader().countInDoubt()).isZero();
  }

  @Test
  void toldTwiceChangesNothing() throws InterruptedException {
    ledger.intent(Samples.pay(1));
    ledger.outcome(Samples.lost(1));
    ledger.intent(Samples.intent(1, "other", Operation.QUERY, "x"));
    ledger.outcome(Samples.succeeded(1));
    flush();
    ledger.intent(Samples.pay(1));
    ledger.outcome(Samples.succeeded(1));
    flush();

    assertThat(ledger.reader().find(ExchangeQuery.of()))
        .containsExactly(new Exchange(Samples.pay(1), Optional.of(Samples.lost(1))));
    assertThat(ledger.state().leftOut()).isZero();
  }

  @Test
  void countsAnOutcomeWithoutIntentAsLeftOut() throws InterruptedException {
    ledger.outcome(Samples.succeeded(1));
    ledger.intent(Samples.pay(2));
    flush();

    assertThat(ledger.state().leftOut()).isEqualTo(1);
    assertThat(ledger.state().written()).isEqualTo(1);
    assertThat(ledger.state().lastProblem()).isPresent();
  }

  @Test
  void afterARestartMoneyWithoutOutcomeIsInDoubtAndStaysSo() throws InterruptedException {
    ledger.intent(Samples.pay(1));
    ledger.intent(Samples.intent(2, "stripe", Operation.QUERY, ""));

    reopen();
    flush();

    Outcome paid = ledger.reader().byId(Samples.id(1)).orElseThrow().outcome().orElseThrow();
    assertThat(paid.progress()).isEqualTo(Progress.MAYBE_SENT);
    assertThat(paid.verdict().category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(paid.verdict().money()).isEqualTo(Money.IN_DOUBT);
    assertThat(paid.verdict().rule()).isEqualTo("ledger/no_outcome");
    Outcome asked = ledger.reader().byId(Samples.id(2)).orElseThrow().outcome().orElseThrow();
    assertThat(asked.verdict().money()).isEqualTo(Money.NONE);
    assertThat(ledger.reader().countInDoubt()).isEqualTo(1);

    ledger.outcome(Samples.succeeded(1));
    reopen();
    assertThat(ledger.reader().inDoubt(10)).extracting(Exchange::id).containsExactly(Samples.id(1));
  }

  @Test
  void aReaderWithoutSidecarSettlesWhatADeadOneLeft() {
    ledger.intent(Samples.pay(1));
    ledger.close();

    Store store = Store.embedded(folder.path());
    var opened =
        (LeftLedger.Opened.Ready)
            LeftLedger.open(folder, store, CLOCK, System::nanoTime, LeftLedger.Watch.none());

    try (LeftLedger left = opened.ledger()) {
      assertThat(opened.unfinished()).isEqualTo(1);
      assertThat(left.reader().countInDoubt()).isEqualTo(1);
    }
  }

  @Test
  void takesRecordsFromManyThreadsAtOnce() throws InterruptedException {
    long threads = 50;
    int each = 40;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        callers.execute(() -> record(first, each));
      }
    }
    flush();

    assertThat(ledger.state().written()).isEqualTo(threads * each);
    assertThat(ledger.state().notKept()).isZero();
    assertThat(ledger.reader().summary(Samples.START).lines())
        .containsExactly(
            new LedgerSummary.Line("stripe", Category.SUCCEEDED, Money.SUCCEEDED, threads * each));
  }

  private void record(int first, int count) {
    for (int number = first; number < first + count; number++) {
      ledger.intent(Samples.pay(number));
      ledger.outcome(Samples.succeeded(number));
    }
  }

  @Test
  void anInterruptedReaderHarmsNobody() throws InterruptedException {
    record(0, 500);
    flush();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              ledger.reader().find(ExchangeQuery.of(new Text("never there")).limit(1_000));
            });
    assertThat(reader.join(LIMIT)).isTrue();

    record(500, 500);
    flush();

    assertThat(ledger.state().degraded()).isEmpty();
    assertThat(ledger.reader().find(ExchangeQuery.of().limit(1_000))).hasSize(1_000);
  }

  @Test
  void filesAreTheOwnersOnly() throws Exception {
    record(0, 10);
    flush();
    folder.publishAdmin(URI.create("http://127.0.0.1:9402"), "secret");

    assertThat(permissions(folder.path())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(folder.path())) {
      assertThat(files.toList())
          .hasSizeGreaterThanOrEqualTo(6)
          .allSatisfy(file ->
              assertThat(permissions(file))
                  .as("%s", file)
                  .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void forgetsWhatIsOldButNeverWhatIsInDoubtOrRuns() throws InterruptedException {
    record(0, 1_200);
    ledger.intent(Samples.pay(3_000));
    ledger.outcome(Samples.lost(3_000));
    ledger.intent(Samples.pay(3_001));
    ledger.intent(Samples.pay(3_002));
    ledger.outcome(Samples.succeeded(3_002));
    flush();

    Duration age = Duration.between(Samples.startedAt(3_002), CLOCK.instant());
    ledger.tidy(new LedgerSettings.Keeping(Optional.of(age), Optional.empty(), Optional.empty()));

    assertThat(ledger.reader().find(ExchangeQuery.of()))
        .extracting(Exchange::id)
        .containsExactly(Samples.id(3_002), Samples.id(3_001), Samples.id(3_000));
  }

  @Test
  void keepsALargeBodyAsItIs() throws InterruptedException {
    String body = "\uD83D\uDCB8\"\u0001".repeat(60_000);
    Outcome large = Samples.answered(1, Category.SUCCEEDED, Fault.NONE, Optional.empty(), body);
    ledger.intent(Samples.pay(1));
    ledger.outcome(large);
    flush();

    assertThat(ledger.reader().byId(Samples.id(1)).orElseThrow().outcome()).contains(large);
  }

  @Test
  void aRefusedRecordDoesNotHoldUpTheOthers() throws InterruptedException {
    ledger.intent(Samples.pay(1));
    ledger.intent(Samples.pay(2, Instant.MAX));
    ledger.intent(Samples.pay(3));
    flush();

    assertThat(ledger.state().leftOut()).isEqualTo(1);
    assertThat(ledger.state().lastProblem()).isPresent();
    assertThat(ledger.state().degraded()).isEmpty();
    assertThat(ledger.reader().find(ExchangeQuery.of(new ProviderIs("stripe"))))
        .extracting(Exchange::id)
        .isEqualTo(List.of(Samples.id(3), Samples.id(1)));
  }

  @Test
  void aReaderMayBeClosedWhileTheLedgerGoesOnButNotUsedAfterIt() throws InterruptedException {
    ExchangeReader reader = ledger.reader();
    reader.close();
    ledger.intent(Samples.pay(1));
    flush();
    assertThat(reader.byId(Samples.id(1))).isPresent();

    ledger.close();

    assertThatThrownBy(reader::countInDoubt)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void afterCloseRecordsAreCountedAsNotKept() {
    ledger.close();

    assertThat(ledger.intent(Samples.pay(1))).isInstanceOf(Recorded.NotKept.class);
    assertThat(ledger.outcome(Samples.succeeded(1))).isInstanceOf(Recorded.NotKept.class);

    assertThat(ledger.state().notKeptIntents()).isEqualTo(1);
    assertThat(ledger.state().notKeptOutcomes()).isEqualTo(1);
  }
}
