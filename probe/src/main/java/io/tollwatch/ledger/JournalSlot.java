package io.tollwatch.ledger;

import io.tollwatch.ledger.LedgerState.JournalHealth;
import io.tollwatch.ledger.LedgerState.Trouble;
import io.tollwatch.ledger.journal.Appended;
import io.tollwatch.ledger.journal.Journal;
import io.tollwatch.ledger.journal.JournalSettings;
import io.tollwatch.ledger.journal.JournalState;
import io.tollwatch.ledger.journal.Opening;
import io.tollwatch.ledger.journal.Position;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The journal, or why there is none yet. A journal that can't be opened is no reason not to start
/// (P4): it is tried again and again, and until then nothing is kept. Thread-safe.
final class JournalSlot implements AutoCloseable {

  private final Path folder;
  private final JournalSettings settings;
  private final InstantSource clock;
  private volatile @Nullable Journal journal;
  private volatile @Nullable Trouble trouble;
  private boolean closed;

  JournalSlot(Path folder, JournalSettings settings, InstantSource clock) {
    this.folder = folder;
    this.settings = settings;
    this.clock = clock;
  }

  /// Opens the journal, if it is not.
  ///
  /// @return it, empty if it can't be opened now
  synchronized Optional<Journal> open() {
    if (journal == null && !closed) {
      switch (Journal.open(folder, settings, clock)) {
        case Opening.Ready<Journal>(var opened) -> {
          journal = opened;
          trouble = null;
        }
        case Opening.Newer<Journal> newer -> troubled(newer.reason());
        case Opening.Unusable<Journal>(var reason) -> troubled(reason);
      }
    }
    return Optional.ofNullable(journal);
  }

  private void troubled(String reason) {
    Trouble before = trouble;
    trouble = new Trouble(before == null ? clock.instant() : before.since(), reason);
  }

  /// The journal, if it is open.
  Optional<Journal> journal() {
    return Optional.ofNullable(journal);
  }

  /// Why there is none; empty if there is one.
  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /// Appends what must be as safe as was asked for when this returns.
  Recorded appendDurable(byte kind, byte[] payload) {
    Journal open = journal;
    return open == null ? missing() : recorded(open.appendDurable(kind, payload));
  }

  /// Appends what may be forced a little later.
  Recorded append(byte kind, byte[] payload) {
    Journal open = journal;
    return open == null ? missing() : recorded(open.append(kind, payload));
  }

  private Recorded missing() {
    Trouble why = trouble;
    return new Recorded.NotKept(why == null ? "the journal is not open" : why.reason());
  }

  /// Who asked for a record that survives a loss of power has none, if that is not known.
  private static Recorded recorded(Appended appended) {
    return switch (appended) {
      case Appended.Kept _ -> Recorded.kept();
      case Appended.KeptUnforced unforced -> new Recorded.NotKept(unforced.reason());
      case Appended.NotKept(var reason) -> new Recorded.NotKept(reason);
    };
  }

  /// The end of what is kept; the beginning of everything where nothing is.
  Position end() {
    Journal open = journal;
    return open == null ? Position.BEGINNING : open.end();
  }

  int segmentBytes() {
    return settings.segmentBytes();
  }

  long maxBytes() {
    return settings.maxBytes();
  }

  JournalHealth health() {
    Journal open = journal;
    if (open == null) {
      return new JournalHealth(0, settings.maxBytes(), 0, 0, trouble());
    }
    JournalState state = open.state();
    return new JournalHealth(
        state.bytes(),
        settings.maxBytes(),
        state.segments(),
        state.damages(),
        state.trouble().map(each -> new Trouble(each.since(), each.reason())));
  }

  @Override
  public synchronized void close() {
    closed = true;
    Journal open = journal;
    if (open != null) {
      open.close();
    }
  }
}
