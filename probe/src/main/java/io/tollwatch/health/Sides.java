package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts live calls and checks of the last ten minutes side by side, for [UsOrThem]. Thread-safe.
/// Holds ten minutes' counts for each operation of each provider that was called.
public final class Sides {

  /// How far back it looks.
  public static final Duration WINDOW = Duration.ofMinutes(10);

  private static final long MINUTE = 60;

  private final InstantSource clock;
  private final Map<Key, Minutes> live = new ConcurrentHashMap<>();
  private final Map<Key, Minutes> checks = new ConcurrentHashMap<>();

  private record Key(String provider, Operation operation) {}

  /// Empty counts.
  public Sides(InstantSource clock) {
    this.clock = clock;
  }

  /// Takes note of a call. Those that ask about payments in doubt are of neither side.
  public void note(String provider, Operation operation, Origin origin, Verdict verdict) {
    Key key = new Key(provider, operation);
    boolean bad = UsOrThem.wentBadly(verdict);
    switch (origin) {
      case LIVE -> note(live, key, bad);
      case SYNTHETIC -> note(checks, key, bad);
      case RECONCILE -> {}
    }
  }

  private void note(Map<Key, Minutes> side, Key key, boolean bad) {
    side.computeIfAbsent(key, _ -> new Minutes()).note(bad, clock.instant());
  }

  /// What was seen where both sides called, in the order of the names.
  public List<UsOrThem.Seen> seen() {
    Instant now = clock.instant();
    return checks.entrySet().stream()
        .map(each -> {
          Minutes calls = live.get(each.getKey());
          return new UsOrThem.Seen(
              each.getKey().provider(),
              each.getKey().operation(),
              calls == null ? UsOrThem.Side.none() : calls.sum(now),
              each.getValue().sum(now));
        })
        .sorted(
            Comparator.comparing(UsOrThem.Seen::provider).thenComparing(UsOrThem.Seen::operation))
        .toList();
  }

  /// The counts of single minutes, oldest first.
  private static final class Minutes {
    private final Deque<Minute> all = new ArrayDeque<>();

    private record Minute(long minute, long calls, long bad) {}

    synchronized void note(boolean bad, Instant now) {
      long minute = now.getEpochSecond() / MINUTE;
      Minute last = all.peekLast();
      boolean same = last != null && last.minute() == minute;
      long calls = same && last != null ? last.calls() : 0;
      long failed = same && last != null ? last.bad() : 0;
      if (same) {
        all.removeLast();
      }
      all.addLast(new Minute(minute, calls + 1, failed + (bad ? 1 : 0)));
      forget(now);
    }

    synchronized UsOrThem.Side sum(Instant now) {
      forget(now);
      return new UsOrThem.Side(
          all.stream().mapToLong(Minute::calls).sum(), all.stream().mapToLong(Minute::bad).sum());
    }

    private void forget(Instant now) {
      long oldest = now.minus(WINDOW).getEpochSecond() / MINUTE;
      while (!all.isEmpty() && all.getFirst().minute() <= oldest) {
        all.removeFirst();
      }
    }
  }
}
