package io.tollwatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.MemberState;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.journal.JournalSettings;
import io.tollwatch.ledger.store.ExchangeFilter;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.ledger.store.LedgerSummary;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2 and P4 in the ledger: whatever becomes of the database, the journal's files or the process,
/// recording returns, what was recorded is there, and what was not is counted.
class LedgerTroubleTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final InstantSource CLOCK = InstantSource.fixed(Samples.START);
  private static final int SMALL = 256 << 10;

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

  private JournaledLedger start() {
    return start(LedgerSettings.defaults());
  }

  private JournaledLedger start(LedgerSettings settings) {
    return JournaledLedger.open(folder, Store.embedded(temp), settings, CLOCK, System::nanoTime);
  }

  private static LedgerSettings smallSegments(long maxBytes) {
    return LedgerSettings.defaults()
        .withJournal(JournalSettings.defaults().withSegmentBytes(SMALL).withMaxBytes(maxBytes))
        .withJournalKept(Duration.ZERO, 0);
  }

  private static void record(JournaledLedger ledger, int first, int count) {
    for (int number = first; number < first + count; number++) {
      ledger.intent(Samples.pay(number));
      ledger.outcome(Samples.succeeded(number));
    }
  }

  /// Records until something is not kept.
  private static int fill(JournaledLedger ledger) {
    int number = 0;
    while (ledger.intent(Samples.pay(number)) instanceof Recorded.Kept) {
      ledger.outcome(Samples.succeeded(number));
      number++;
    }
    return number;
  }

  private static List<String> ids(JournaledLedger ledger) {
    return ledger.reader().find(ExchangeQuery.of().limit(1_000)).stream()
        .map(Exchange::id)
        .sorted()
        .toList();
  }

  private static List<String> idsOf(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Samples::id).sorted().toList();
  }

  @Test
  void aDatabaseThatCanNotBeOpenedIsCaughtUpWithLater() throws Exception {
    Path blocked = Files.createDirectories(temp.resolve("ledger.mv.db").resolve("in the way"));
    try (JournaledLedger ledger = start()) {
      record(ledger, 0, 300);

      assertThat(ledger.flush(Duration.ofMillis(300))).isFalse();
      LedgerState bad = ledger.state();
      assertThat(bad.store()).isPresent();
      assertThat(bad.degraded().orElseThrow()).startsWith("the store takes nothing");
      assertThat(bad.lag().bytes()).isPositive();
      assertThat(bad.notKept()).isZero();

      Files.delete(blocked);
      Files.delete(blocked.getParent());
      assertThat(ledger.flush(LIMIT)).isTrue();

      assertThat(ledger.state().degraded()).isEmpty();
      assertThat(ledger.state().lag()).isEqualTo(LedgerState.Lag.NONE);
      assertThat(ids(ledger)).isEqualTo(idsOf(0, 300));
    }
  }

  /// By a clock that fails as any line may where memory ends.
  @Test
  void aFeederWithoutMemoryGoesOnWhenThereIsSome() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    LongSupplier nanos =
        () -> {
          if (Thread.currentThread().getName().equals("ledger-feeder")
              && failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("of this test");
          }
          return System.nanoTime();
        };
    try (JournaledLedger ledger =
        JournaledLedger.open(
            folder, Store.embedded(temp), LedgerSettings.defaults(), CLOCK, nanos)) {
      record(ledger, 0, 10);
      assertThat(ledger.flush(Duration.ofMillis(10))).isFalse();
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(failures).hasNonPositiveValue();
      assertThat(ids(ledger)).isEqualTo(idsOf(0, 10));
    }
  }

  @Test
  void beyondItsBoundTheJournalKeepsNothingAndSaysSoUntilTheStoreCatchesUp() throws Exception {
    Path blocked = Files.createDirectories(temp.resolve("ledger.mv.db").resolve("in the way"));
    try (JournaledLedger ledger = start(smallSegments(4L * SMALL))) {
      int kept = fill(ledger);

      assertThat(kept).isGreaterThan(100);
      assertThat(ledger.outcome(Samples.lost(kept))).isInstanceOf(Recorded.NotKept.class);
      assertThat(ledger.state().notKeptIntents()).isEqualTo(1);
      assertThat(ledger.state().notKeptOutcomes()).isPositive();
      assertThat(ledger.state().degraded().orElseThrow()).startsWith("the journal is in trouble");

      Files.delete(blocked);
      Files.delete(blocked.getParent());
      assertThat(ledger.flush(LIMIT)).isTrue();
      ledger.tidy(LedgerSettings.Keeping.everything());
      awaitKept(ledger, kept + 1);
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().byId(Samples.id(kept + 1))).isPresent();
      assertThat(ledger.reader().byId(Samples.id(0))).isPresent();
    }
  }

  private static void awaitKept(JournaledLedger ledger, int number) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!(ledger.intent(Samples.pay(number)) instanceof Recorded.Kept)) {
      assertThat(System.nanoTime()).as("kept again, %s", ledger.state()).isLessThan(end);
      ledger.flush(Duration.ofMillis(50));
    }
  }

  @Test
  void aDestroyedFileIsTroubleAndIsNotTouched() throws Exception {
    byte[] junk = "this is no database ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Files.write(temp.resolve("ledger.mv.db"), junk);

    assertThat(
            LeftLedger.open(
                folder, Store.embedded(temp), CLOCK, System::nanoTime, LeftLedger.Watch.none()))
        .isInstanceOf(LeftLedger.Opened.Refused.class);
    try (JournaledLedger ledger = start()) {
      assertThat(ledger.intent(Samples.pay(1))).isInstanceOf(Recorded.Kept.class);
      assertThat(ledger.flush(Duration.ofMillis(500))).isFalse();
      assertThat(ledger.state().store()).isPresent();
      ledger.close(Duration.ZERO);
    }

    assertThat(Files.readAllBytes(temp.resolve("ledger.mv.db"))).isEqualTo(junk);
  }

  @Test
  void aNewerJournalIsNotTouchedAndNothingIsKept() throws Exception {
    try (JournaledLedger ledger = start()) {
      record(ledger, 0, 10);
    }
    Path segment = segments().getFirst();
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      byte[] header = new byte[64];
      file.readFully(header);
      NewerHeader.make(header);
      file.seek(0);
      file.write(header);
    }
    Map<Path, Long> before = checksums();

    try (JournaledLedger ledger = start()) {
      assertThat(ledger.intent(Samples.pay(11))).isInstanceOf(Recorded.NotKept.class);
      assertThat(ledger.state().degraded().orElseThrow()).contains("newer version");
    }

    assertThat(checksums()).isEqualTo(before);
  }

  @Test
  void aDamagedSegmentIsSetAsideAndWhatIsIntactInItIsKept() throws Exception {
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      record(ledger, 0, 300);
      ledger.close(Duration.ZERO);
    }
    Path segment = segments().getFirst();
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(100_000);
      file.write(new byte[16]);
    }
    Files.deleteIfExists(temp.resolve("ledger.mv.db"));

    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      awaitSetAside(ledger, segment);
      assertThat(ledger.flush(LIMIT)).isTrue();

      assertThat(ids(ledger)).hasSizeBetween(299, 300);
      assertThat(ledger.state().journal().damages()).isPositive();
      assertThat(ledger.state().lastDamage().orElseThrow())
          .startsWith("damaged at " + segment + ", bytes ");
      assertThat(damagedFolder().resolve(segment.getFileName())).exists();
    }
    // the rescued records are in the journal anew: a rebuild still finds them
    Files.delete(temp.resolve("ledger.mv.db"));
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ids(ledger)).hasSizeBetween(299, 300);
    }
  }

  private static void awaitSetAside(JournaledLedger ledger, Path segment)
      throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (Files.exists(segment)) {
      assertThat(System.nanoTime()).as("set aside, %s", ledger.state()).isLessThan(end);
      ledger.flush(Duration.ofMillis(50));
    }
  }

  @Test
  void whatIsInDoubtIsCarriedOverWhenItsSegmentGoes() throws Exception {
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.intent(Samples.pay(0));
      ledger.outcome(Samples.lost(0));
      ledger.intent(Samples.pay(1)); // still runs
      record(ledger, 2, 600);
      assertThat(ledger.flush(LIMIT)).isTrue();
      Path first = segments().getFirst();
      ledger.tidy(LedgerSettings.Keeping.everything());
      assertThat(first).doesNotExist();
    }
    Files.delete(temp.resolve("ledger.mv.db"));

    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().find(ExchangeQuery.of(new ExchangeFilter.MoneyIs(Money.IN_DOUBT))))
          .extracting(Exchange::id)
          .containsExactlyInAnyOrder(Samples.id(0), Samples.id(1));
      assertThat(ledger.reader().byId(Samples.id(2))).isEmpty();
    }
  }

  @Test
  void aResolutionOutlivesItsSegmentAndTheStoreAsLongAsItsExchange() throws Exception {
    Resolution resolution =
        new Resolution(
            Samples.id(0),
            Samples.START.plusSeconds(9),
            Money.SUCCEEDED,
            Resolution.By.HAND,
            "seen",
            Optional.of("ada"),
            Optional.empty());
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.intent(Samples.pay(0));
      ledger.outcome(Samples.lost(0));
      record(ledger, 1, 600);
      assertThat(ledger.flush(LIMIT)).isTrue();
      ledger.tidy(LedgerSettings.Keeping.everything()); // carries the doubt over
      ledger.resolution(resolution);
      record(ledger, 1_000, 600);
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().countInDoubt()).isZero();
      ledger.tidy(LedgerSettings.Keeping.everything());
    }
    Files.delete(temp.resolve("ledger.mv.db"));

    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().countInDoubt()).isZero();
      ledger.intent(Samples.pay(0));
      ledger.outcome(Samples.lost(0));
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().byId(Samples.id(0)).orElseThrow().resolution())
          .hasValue(resolution);
    }
  }

  @Test
  void anOrderToAChannelOutlivesItsSegmentUntilItExpires() throws Exception {
    ChannelChange order = order(Samples.START.plusSeconds(9));
    List<Entry> replayed = new ArrayList<>();
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.channel(order);
      ledger.channel(order(Samples.START));
      record(ledger, 1, 600);
      assertThat(ledger.flush(LIMIT)).isTrue();
      ledger.tidy(LedgerSettings.Keeping.everything());
    }
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.replay(replayed::add);
      assertThat(ledger.state().leftOut()).isZero();
    }

    assertThat(replayed.stream().filter(ChannelChange.class::isInstance)).containsExactly(order);
  }

  @Test
  void ofTheOrdersToAChannelStayThoseThatCount() throws Exception {
    ChannelChange first = order(ChannelChange.FOR_GOOD);
    ChannelChange last = order(Samples.START);
    List<Entry> replayed = new ArrayList<>();
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.keepOrders(last::equals);
      ledger.channel(first);
      ledger.channel(last);
      record(ledger, 1, 600);
      assertThat(ledger.flush(LIMIT)).isTrue();
      ledger.tidy(LedgerSettings.Keeping.everything());
    }
    try (JournaledLedger ledger = start(smallSegments(64L * SMALL))) {
      ledger.replay(replayed::add);
    }

    assertThat(replayed.stream().filter(ChannelChange.class::isInstance)).containsExactly(last);
  }

  private static ChannelChange order(Instant until) {
    return new ChannelChange(
        Samples.START,
        "card",
        "a",
        MemberState.DRAINED,
        0,
        "contract ends",
        Optional.of("ann"),
        until);
  }

  @Test
  void aKilledProcessLosesNothingAndItsOpenPaymentsAreInDoubt() throws Exception {
    folder.close();
    try (ChildProcess child = ChildProcess.start("record", temp)) {
      child.awaitLine("ready");
    }
    open();

    try (JournaledLedger ledger = start()) {
      assertThat(ledger.flush(LIMIT)).isTrue();
      LedgerSummary summary = ledger.reader().summary(Samples.START);

      assertThat(summary.lines()).hasSize(2).allMatch(line -> line.count() == 600);
      assertThat(summary.inDoubt()).isEqualTo(600);
      assertThat(ledger.reader().byId(Samples.id(1)).orElseThrow().outcome().orElseThrow())
          .matches(outcome -> outcome.verdict().money() == Money.IN_DOUBT);
    }
  }

  @Test
  void aJournalFolderThatIsAFileIsNoReasonNotToStart() throws Exception {
    Files.writeString(temp.resolve(JournaledLedger.JOURNAL), "in the way");
    try (JournaledLedger ledger = start()) {
      assertThat(ledger.intent(Samples.pay(1))).isInstanceOf(Recorded.NotKept.class);
      assertThat(ledger.state().degraded().orElseThrow()).startsWith("the journal is in trouble");

      Files.delete(temp.resolve(JournaledLedger.JOURNAL));
      awaitKept(ledger, 2);
      assertThat(ledger.flush(LIMIT)).isTrue();
      assertThat(ledger.reader().byId(Samples.id(2))).isPresent();
    }
  }

  private Path damagedFolder() {
    return temp.resolve(JournaledLedger.JOURNAL).resolve("damaged");
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(JournaledLedger.JOURNAL))) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private Map<Path, Long> checksums() throws IOException {
    Map<Path, Long> checksums = new TreeMap<>();
    for (Path file : segments()) {
      CRC32C crc = new CRC32C();
      crc.update(Files.readAllBytes(file));
      checksums.put(file, crc.getValue());
    }
    return checksums;
  }
}
