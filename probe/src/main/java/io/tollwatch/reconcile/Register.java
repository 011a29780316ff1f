package io.tollwatch.reconcile;

import io.tollwatch.exchange.LatestByHash;
import io.tollwatch.exchange.TextHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;

/// Holds the payments that are open, up to a bound, and counts those that it has no room for. What
/// changes of a payment while it is open changes under its lock. Thread-safe.
final class Register {

  /// How many that were resolved last are known: the store may not have heard of them yet.
  private static final int RESOLVED_LAST = 1_000;

  /// How many names of what was taken last are known.
  private static final int TAKEN_LAST = 50_000;

  private final Index index = new Index();
  private final LatestByHash<Boolean> takenLast = new LatestByHash<>(TAKEN_LAST);
  private final SequencedSet<String> resolvedLast = new LinkedHashSet<>();
  private final int max;
  private long beyond;

  /// @param max how many payments are held at most
  Register(int max) {
    this.max = max;
  }

  /// Adds a payment, or counts it if there is no room. Another call of it may have been told that
  /// it was taken while this one still ran.
  synchronized void add(Case doubt) {
    if (Index.names(doubt).anyMatch(name -> takenLast.find(TextHash.of(name)).isPresent())) {
      doubt.saidTaken();
    }
    if (index.size() >= max) {
      beyond++;
    } else {
      index.add(doubt);
    }
  }

  /// Takes a payment out, because it is resolved.
  synchronized Optional<Case> resolve(String exchange) {
    resolvedLast.add(exchange);
    if (resolvedLast.size() > RESOLVED_LAST) {
      resolvedLast.removeFirst();
    }
    return index.remove(exchange);
  }

  synchronized Optional<Case> find(String exchange) {
    return index.find(exchange);
  }

  /// Those of a provider that have that fact.
  synchronized List<Case> named(String provider, String fact, String value) {
    return index.named(provider, fact, value);
  }

  synchronized List<Case> all() {
    return index.all();
  }

  synchronized boolean isEmpty() {
    return index.size() == 0;
  }

  synchronized boolean hasRoom() {
    return index.size() < max;
  }

  /// Whether it is open here, or was resolved a moment ago.
  synchronized boolean knows(String exchange) {
    return resolvedLast.contains(exchange) || index.find(exchange).isPresent();
  }

  /// Whether some that there was no room for may come in from the ledger now: not for each single
  /// one, since that reads many.
  synchronized boolean mayTakeMore() {
    return beyond > 0 && index.size() <= max - max / 10;
  }

  /// @param inDoubt how many the ledger has in doubt; 0 if all of them are here
  synchronized void leftBeyond(long inDoubt) {
    beyond = Math.max(0, inDoubt - index.size());
  }

  /// How many there was no room for.
  synchronized long beyond() {
    return beyond;
  }

  /// Those that may be asked about now, those that wait longest first.
  ///
  /// @param paces of the providers
  synchronized List<Case> due(Instant now, Function<String, Pace> paces) {
    List<Case> due = new ArrayList<>();
    for (Case each : index.all()) {
      if (each.due(now, paces.apply(each.provider()))) {
        due.add(each);
      }
    }
    due.sort(Comparator.comparing(Case::nextLook));
    return due;
  }

  /// Holds a payment back from being asked about until then.
  synchronized void hold(Case doubt, Instant until) {
    doubt.schedule(until);
  }

  /// Begins a look at it.
  synchronized void begin(Case doubt) {
    doubt.begin();
  }

  /// Takes note that a payment of that name at that provider was taken.
  synchronized void saidTaken(String provider, String fact, String value) {
    index.named(provider, fact, value).forEach(Case::saidTaken);
    takenLast.putLast(TextHash.of(Index.name(provider, fact, value)), true);
  }

  /// Takes note that another call with that name at that provider ended then.
  synchronized void repeated(String provider, String fact, String value, long endNanos) {
    index.named(provider, fact, value).forEach(each -> each.repeated(endNanos));
  }

  /// Whether no other call with one of its names ended within that time before now.
  synchronized boolean isQuietFor(Case doubt, Duration time, long nowNanos) {
    return doubt.isQuietFor(time, nowNanos);
  }

  /// Whether the gateway answered a look at it.
  synchronized boolean asked(Case doubt) {
    return doubt.asked();
  }

  /// Whether it must not be cancelled.
  ///
  /// @param pending whether a cancel may end what is still to come
  synchronized boolean spared(Case doubt, boolean pending) {
    return doubt.spared(pending);
  }

  /// Ends a look at it.
  ///
  /// @param chance from 0 to 1, spreads looks
  synchronized void looked(Case doubt, Look look, Pace pace, double chance) {
    doubt.looked(look, look.at().plus(pace.next(doubt.looks() + 1, chance)));
  }

  synchronized Doubt shown(Case doubt, Optional<Desk> desk) {
    return doubt.shown(Ways.of(doubt, desk), desk.map(Desk::pace).orElseGet(Pace::defaults));
  }
}
