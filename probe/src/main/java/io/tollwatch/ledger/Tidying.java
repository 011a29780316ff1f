package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.ledger.journal.Appended;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.JournalReader;
import io.tollwatch.ledger.journal.JournalRecord;
import io.tollwatch.ledger.journal.Position;
import io.tollwatch.ledger.journal.Segment;
import io.tollwatch.ledger.journal.SegmentRetention;
import io.tollwatch.ledger.store.ExchangeJson.Gist;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.Retention;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Forgets what shall not be kept longer, in the store and in the journal, never what is in doubt.
/// Confined to one thread at a time.
final class Tidying {

  private static final int MAX_RECORDS = 500;
  private static final int MAX_BYTES = 1 << 20;

  private final JournalSlot slot;
  private final Feeder feeder;
  private final Store store;
  private final SegmentRetention segments;
  private final InstantSource clock;
  private volatile Predicate<String> testMoney = _ -> true;
  private volatile Predicate<ChannelChange> orders;

  Tidying(
      JournalSlot slot, Feeder feeder, Store store, LedgerSettings settings, InstantSource clock) {
    this.slot = slot;
    this.feeder = feeder;
    this.store = store;
    this.segments = new SegmentRetention(settings.journalAge(), settings.journalBytes());
    this.clock = clock;
    this.orders = order -> clock.instant().isBefore(order.until());
  }

  void keepTestMoney(Predicate<String> out) {
    testMoney = out;
  }

  void keepOrders(Predicate<ChannelChange> inForce) {
    orders = inForce;
  }

  void tidy(LedgerSettings.Keeping keeping) {
    Instant now = clock.instant();
    Retention retention = store.retention();
    keeping.age().ifPresent(age -> retention.deleteOlderThan(now.minus(age)));
    keeping.bodiesAge().ifPresent(age -> retention.deleteBodiesOlderThan(now.minus(age)));
    keeping.bytes().ifPresent(retention::deleteDownTo);
    slot.journal().ifPresent(journal -> tidy(journal, now));
  }

  private void tidy(Journal journal, Instant now) {
    List<Segment> old = segments.deletable(journal.segments(), feeder.done(), now);
    for (Segment segment : old) {
      if (!carryDoubts(journal, segment.number())) {
        return; // the journal is full: nothing may go that is not safe elsewhere in it
      }
      journal.delete(segment.number());
    }
  }

  /// Appends anew what is in doubt in a segment, and what settles or orders something that is still
  /// there: it must survive a rebuild of the store.
  private boolean carryDoubts(Journal journal, long segment) {
    ExchangeReader exchanges = store.reader();
    List<JournalRecord> notes = new ArrayList<>();
    Map<String, List<JournalRecord>> doubts = mayBeInDoubt(journal, segment, notes);
    for (var each : doubts.entrySet()) {
      Optional<Exchange> found = exchanges.byId(each.getKey());
      boolean carried =
          found.isEmpty()
              ? each.getValue().stream().allMatch(record -> appended(journal, record))
              : !inDoubt(found.get()) || appended(journal, found.get());
      if (!carried) {
        return false;
      }
    }
    return notes.stream()
        .filter(note -> stays(note, exchanges))
        .allMatch(note -> appended(journal, note));
  }

  /// A resolution stays as long as its exchange, the newest change of a breaker until it ends by
  /// itself, and what counts of the orders to channels.
  private boolean stays(JournalRecord note, ExchangeReader exchanges) {
    return switch (JournalCodec.said(note).orElse(null)) {
      case Resolution resolution -> exchanges.byId(resolution.exchange()).isPresent();
      case BreakerChange change ->
          change.until().filter(clock.instant()::isBefore).isPresent()
              && store.reports().isNewest(change);
      case ChannelChange change -> orders.test(change);
      case TestMoney money -> money.isOpen() && testMoney.test(money.id());
      case Intent _, Outcome _ -> false;
      case null -> false;
    };
  }

  /// The records of those whose last word is not in the segment, or says so, by the exchange's id.
  ///
  /// @param notes where resolutions and changes of breakers go
  private static Map<String, List<JournalRecord>> mayBeInDoubt(
      Journal journal, long segment, List<JournalRecord> notes) {
    Map<String, List<JournalRecord>> open = new LinkedHashMap<>();
    Position end = new Position(segment + 1, 0);
    try (JournalReader reader = journal.reader(new Position(segment, 0), _ -> {})) {
      for (List<JournalRecord> some = reader.read(end, MAX_RECORDS, MAX_BYTES).records();
          !some.isEmpty();
          some = reader.read(end, MAX_RECORDS, MAX_BYTES).records()) {
        some.forEach(each -> note(each, open, notes));
      }
    }
    return open;
  }

  private static void note(
      JournalRecord written, Map<String, List<JournalRecord>> open, List<JournalRecord> notes) {
    switch (written.kind()) {
      case JournalCodec.INTENT ->
          JournalCodec.gist(written)
              .filter(Gist::movesMoney)
              .ifPresent(intent -> add(open, intent.id(), written));
      case JournalCodec.OUTCOME ->
          JournalCodec.gist(written)
              .ifPresent(outcome -> {
                if (outcome.settles()) {
                  open.remove(outcome.id());
                } else {
                  add(open, outcome.id(), written);
                }
              });
      default -> notes.add(written);
    }
  }

  private static void add(Map<String, List<JournalRecord>> open, String id, JournalRecord written) {
    open.computeIfAbsent(id, _ -> new ArrayList<>()).add(written);
  }

  private static boolean inDoubt(Exchange exchange) {
    return exchange
        .money()
        .map(money -> money == Money.IN_DOUBT)
        .orElse(exchange.intent().movesMoney());
  }

  private static boolean appended(Journal journal, Exchange exchange) {
    boolean kept = keeps(journal, JournalCodec.INTENT, JournalCodec.bytes(exchange.intent()));
    return exchange
        .outcome()
        .map(outcome -> kept && keeps(journal, JournalCodec.OUTCOME, JournalCodec.bytes(outcome)))
        .orElse(kept);
  }

  private static boolean appended(Journal journal, JournalRecord record) {
    return keeps(journal, record.kind(), record.payload());
  }

  private static boolean keeps(Journal journal, byte kind, byte[] payload) {
    return !(journal.append(kind, payload) instanceof Appended.NotKept);
  }
}
