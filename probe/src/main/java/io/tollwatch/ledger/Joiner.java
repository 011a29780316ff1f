package io.tollwatch.ledger;

import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.journal.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Joins intents with their outcomes before the store is fed: one insert costs half of an insert
/// and an update. An intent is held back for a while, and the position that the store is told stays
/// before it: after a restart it is simply read again. Confined to the feeder's thread.
final class Joiner {

  /// How much of what is held back is held at most, in characters of bodies; about.
  static final long MAX_HELD_CHARS = 4L << 20;

  /// How many intents are held back at most.
  static final int MAX_HELD = 5_000;

  private final Map<String, Held> held = new LinkedHashMap<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<Outcome> late = new ArrayList<>();
  private final List<Resolution> resolutions = new ArrayList<>();
  private final List<BreakerChange> changes = new ArrayList<>();
  private long heldChars;

  private record Held(Intent intent, Position at, long sinceNanos) {
    long chars() {
      return (long) intent.body().text().length() + intent.target().length();
    }
  }

  /// What is ready for the store. Immutable.
  ///
  /// @param exchanges with their outcomes, or held back for long enough
  /// @param late outcomes whose intents were given out before
  /// @param resolutions what was learned later
  /// @param changes how breakers changed
  /// @param done the place before which everything is given out
  record Joined(
      List<Exchange> exchanges,
      List<Outcome> late,
      List<Resolution> resolutions,
      List<BreakerChange> changes,
      Position done) {
    boolean isEmpty() {
      return exchanges.isEmpty() && late.isEmpty() && resolutions.isEmpty() && changes.isEmpty();
    }
  }

  void add(Intent intent, Position at, long nowNanos) {
    Held next = new Held(intent, at, nowNanos);
    if (held.putIfAbsent(intent.id(), next) == null) {
      heldChars += next.chars();
    }
  }

  void add(Outcome outcome) {
    Held begun = held.remove(outcome.id());
    if (begun == null) {
      late.add(outcome);
    } else {
      heldChars -= begun.chars();
      exchanges.add(new Exchange(begun.intent(), Optional.of(outcome)));
    }
  }

  void add(Resolution resolution) {
    resolutions.add(resolution);
  }

  void add(BreakerChange change) {
    changes.add(change);
  }

  /// Gives out what is ready: what is joined, what was read before that time, and the oldest of
  /// what is too much to be held back.
  ///
  /// @param read up to where the journal was read
  Joined take(Position read, long heldUntilNanos) {
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Held next = oldest.next();
      boolean waited = next.sinceNanos() - heldUntilNanos <= 0;
      if (!waited && held.size() <= MAX_HELD && heldChars <= MAX_HELD_CHARS) {
        break;
      }
      heldChars -= next.chars();
      exchanges.add(new Exchange(next.intent(), Optional.empty()));
      oldest.remove();
    }
    Position done = held.isEmpty() ? read : held.values().iterator().next().at();
    Joined joined =
        new Joined(
            List.copyOf(exchanges),
            List.copyOf(late),
            List.copyOf(resolutions),
            List.copyOf(changes),
            done);
    clearReady();
    return joined;
  }

  /// Forgets all: the journal is read again from where the store is.
  void clear() {
    held.clear();
    heldChars = 0;
    clearReady();
  }

  private void clearReady() {
    exchanges.clear();
    late.clear();
    resolutions.clear();
    changes.clear();
  }
}
