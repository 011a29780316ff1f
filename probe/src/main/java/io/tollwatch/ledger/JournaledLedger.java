package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.JournalReader;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.journal.Position;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.IncidentShelf;
import io.tollwatch.ledger.store.ReportReader;
import io.tollwatch.ledger.store.Store;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger: a journal on the request path, which is the truth, and a store behind it, which is
/// its index, may lag and can be rebuilt. Thread-safe.
///
/// ```
/// intent, outcome -> journal (page cache or disk) -> feeder -> store -> readers
/// ```
///
/// Recording asks nothing of the store: one that is down, slow, full or newer lets the journal grow
/// up to its bound. What the journal can't take is counted in [LedgerState] and costs no payment
/// (P4), unless the dispatcher is strict.
public final class JournaledLedger implements Ledger, AutoCloseable {

  /// The journal's folder in the data folder.
  public static final String JOURNAL = "journal";

  /// How long [#close()] waits for the store.
  public static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(JournaledLedger.class);

  /// How long a write that is under way may go on when the ledger closes.
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(7);

  private static final int REPLAY_RECORDS = 500;
  private static final int REPLAY_BYTES = 1 << 20;

  private final JournalSlot journal;
  private final Store store;
  private final LedgerCounts counts;
  private final Feeder feeder;
  private final Tidying tidying;
  private final InstantSource clock;
  private final Thread thread;

  /// Where the last resolution of this run ends, or a little after it.
  private final AtomicReference<Position> resolved = new AtomicReference<>(Position.BEGINNING);

  private JournaledLedger(
      JournalSlot journal,
      Store store,
      LedgerSettings settings,
      InstantSource clock,
      LongSupplier nanos) {
    this.journal = journal;
    this.store = store;
    this.counts = new LedgerCounts(clock);
    this.feeder = new Feeder(journal, store, counts, nanos);
    this.tidying = new Tidying(journal, feeder, store, settings, clock);
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("ledger-feeder").unstarted(feeder);
  }

  /// Opens the ledger of a folder. Returns at once, whatever the disk and the database say: trouble
  /// shows in [#state()].
  ///
  /// @param store closed with the ledger
  public static JournaledLedger open(
      DataFolder folder,
      Store store,
      LedgerSettings settings,
      InstantSource clock,
      LongSupplier nanos) {
    JournalSlot journal =
        new JournalSlot(folder.path().resolve(JOURNAL), settings.journal(), clock);
    if (journal.open().isEmpty()) {
      LOG.warn("nothing is recorded: {}", journal.trouble().orElseThrow().reason());
    }
    JournaledLedger ledger = new JournaledLedger(journal, store, settings, clock, nanos);
    ledger.thread.start();
    return ledger;
  }

  @Override
  public Recorded intent(Intent intent) {
    Recorded recorded = journal.appendDurable(JournalCodec.INTENT, JournalCodec.bytes(intent));
    if (recorded instanceof Recorded.NotKept(String reason)) {
      counts.notKeptIntent(reason);
    }
    return recorded;
  }

  @Override
  public Recorded outcome(Outcome outcome) {
    Recorded recorded = journal.append(JournalCodec.OUTCOME, JournalCodec.bytes(outcome));
    if (recorded instanceof Recorded.NotKept(String reason)) {
      counts.notKeptOutcome(reason);
    }
    return recorded;
  }

  @Override
  public Recorded resolution(Resolution resolution) {
    Recorded recorded = note(JournalCodec.RESOLUTION, resolution);
    resolved.accumulateAndGet(journal.end(), Position::later);
    return recorded;
  }

  @Override
  public Recorded breaker(BreakerChange change) {
    return note(JournalCodec.BREAKER, change);
  }

  /// Records that a provider of a channel stands differently. The journal alone has it.
  public Recorded channel(ChannelChange change) {
    return note(JournalCodec.CHANNEL, change);
  }

  @Override
  public Recorded testMoney(TestMoney money) {
    Recorded recorded = journal.appendDurable(JournalCodec.TEST_MONEY, JournalCodec.bytes(money));
    if (recorded instanceof Recorded.NotKept(String reason)) {
      counts.notKeptIntent(reason);
    }
    return recorded;
  }

  /// Who knows which test money is still out: what that is stays in the journal however old it is.
  /// Before this is called all stays that was ever out.
  public void keepTestMoney(Predicate<String> out) {
    tidying.keepTestMoney(out);
  }

  /// Who knows which changes of channels count: they stay in the journal however old they are.
  /// Before this is called an order stays, with all that came of it, until it expires.
  public void keepOrders(Predicate<ChannelChange> inForce) {
    tidying.keepOrders(inForce);
  }

  private Recorded note(byte kind, Entry entry) {
    Recorded recorded = journal.append(kind, JournalCodec.bytes(entry));
    if (recorded instanceof Recorded.NotKept(String reason)) {
      counts.notKeptOutcome(reason);
    }
    return recorded;
  }

  /// Gives what earlier runs left in the journal, in order, some of it more than once: what is held
  /// in memory is rebuilt from that. Asks nothing of the store. Of a journal that can't be opened
  /// nothing comes: see [#hasJournal()].
  ///
  /// @throws UncheckedIOException if the disk can't be read
  public void replay(Consumer<Entry> each) {
    journal.journal().ifPresent(open -> replay(open, each));
  }

  private static void replay(Journal journal, Consumer<Entry> each) {
    try (JournalReader reader = journal.reader(Position.BEGINNING, _ -> {})) {
      for (List<JournalRecord> some = next(reader, journal);
          !some.isEmpty();
          some = next(reader, journal)) {
        some.forEach(record -> JournalCodec.said(record).ifPresent(each));
      }
    }
  }

  private static List<JournalRecord> next(JournalReader reader, Journal journal) {
    return reader.read(journal.start(), REPLAY_RECORDS, REPLAY_BYTES).records();
  }

  /// How the ledger is doing now.
  public LedgerState state() {
    return new LedgerState(
        journal.health(),
        feeder.lag(),
        counts.written(),
        counts.notKeptIntents(),
        counts.notKeptOutcomes(),
        counts.leftOut(),
        counts.trouble(),
        counts.lastDamage(),
        counts.lastProblem());
  }

  /// Waits until everything recorded before this call can be read from the store.
  ///
  /// @return whether that came to pass within the limit
  public boolean flush(Duration limit) throws InterruptedException {
    return feeder.await(journal.end(), limit);
  }

  /// Waits until every resolution recorded before this call can be read from the store, those of
  /// earlier runs too. Where there is none that it lacks, nobody is told to hurry.
  ///
  /// @return whether that came to pass within the limit
  public boolean flushResolutions(Duration limit) throws InterruptedException {
    Position start = journal.journal().map(Journal::start).orElse(Position.BEGINNING);
    return feeder.await(start.later(resolved.get()), limit);
  }

  /// Up to when the store has everything: now, or when the oldest record was written that it lacks.
  ///
  /// @return empty while it lacks some of what earlier runs left
  public Optional<Instant> knownUntil() {
    Instant now = clock.instant();
    return feeder.hasEarlierRuns() ? Optional.of(now.minus(feeder.lag().age())) : Optional.empty();
  }

  /// Keeps what judging again came to, beside the verdicts that are there.
  ///
  /// @return how many were kept
  /// @throws UncheckedIOException if the database fails
  public int keep(List<Rejudgement> rejudgements) {
    return store.keep(rejudgements);
  }

  /// Whether the journal is open: before that nothing is known of earlier runs.
  public boolean hasJournal() {
    return journal.journal().isPresent();
  }

  /// Reads the store. Works until the ledger is closed, with which it need not be closed.
  public ExchangeReader reader() {
    return store.reader();
  }

  /// Answers what reports ask, likewise.
  public ReportReader reports() {
    return store.reports();
  }

  /// Keeps incidents, in the store.
  public IncidentShelf incidents() {
    return store.incidents();
  }

  /// Forgets what shall not be kept longer, in the store and in the journal. Goes in small steps,
  /// so that recording goes on meanwhile.
  ///
  /// @throws UncheckedIOException if the disk or the database fails
  public void tidy(LedgerSettings.Keeping keeping) {
    tidying.tidy(keeping);
  }

  /// As [#close(Duration)], with [#CLOSE_LIMIT].
  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /// Feeds the store with what was recorded, within the limit, and closes both; a store in trouble
  /// is tried once more and not waited for. What the store was not fed by then is in the journal,
  /// and comes with the next start.
  public void close(Duration limit) {
    try {
      boolean all = feeder.tryOnce(journal.end(), limit);
      feeder.stop();
      // never interrupted: that could take the file down in the middle of a write
      boolean ended = thread.join(JOIN_LIMIT);
      if (!all || !ended) {
        LOG.warn("the store was closed before it had all of the journal: {}", state());
      }
    } catch (InterruptedException e) {
      feeder.stop();
      Thread.currentThread().interrupt();
    }
    try {
      journal.close();
    } catch (UncheckedIOException e) {
      LOG.warn("the journal did not close well: {}", e.getMessage());
    }
    store.close();
  }
}
