package io.tollwatch.proxy;

import io.tollwatch.attempt.Origin;
import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.health.CheckResult;
import io.tollwatch.ledger.store.CheckFinding;
import io.tollwatch.ledger.store.CheckNotes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Tells the other sidecars of a shared ledger what checks found here, and hears what they found:
/// so the breakers of all of them know of a check that ran at one (P7). Thread-safe; one thread
/// makes the rounds. What is more than [#WAITING] findings between two rounds is left out.
final class CheckFindings implements Observer {

  private static final int WAITING = 10_000;

  /// Numbers may come late by as many.
  private static final int OUT_OF_ORDER = 1_000;

  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  private final String sidecar;
  private final boolean shared;
  private final Consumer<CheckResult> breakers;
  private final BlockingQueue<CheckFinding> waiting = new ArrayBlockingQueue<>(WAITING);
  private final NavigableSet<Long> heard = new TreeSet<>();
  private volatile Map<BreakerKey, Duration> intervals = Map.of();
  private long from = -1;

  /// @param sidecar this one's name
  /// @param shared whether there can be others
  /// @param breakers hear of what others found
  CheckFindings(String sidecar, boolean shared, Consumer<CheckResult> breakers) {
    this.sidecar = sidecar;
    this.shared = shared;
    this.breakers = breakers;
  }

  /// Learns how often checks report.
  void expect(Map<BreakerKey, Duration> byBreaker) {
    intervals = Map.copyOf(byBreaker);
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    if (shared && intent.origin() == Origin.SYNTHETIC) {
      BreakerKey whole = BreakerKey.of(intent.provider(), intent.operation());
      boolean _ =
          waiting.offer(
              new CheckFinding(
                  new BreakerKey(
                      intent.provider(), intent.operation(), intent.correlation().handles().rail()),
                  intent.startedAt(),
                  outcome.timings().total(),
                  outcome.verdict(),
                  intervals.getOrDefault(whole, UNKNOWN)));
    }
  }

  /// Tells and hears.
  void round(CheckNotes notes, Instant now) {
    if (!shared) {
      return;
    }
    if (from < 0) {
      from = Math.max(0, notes.lastFinding() - OUT_OF_ORDER); // what was found just before counts
    }
    List<CheckFinding> own = new ArrayList<>();
    waiting.drainTo(own);
    if (!own.isEmpty()) {
      notes.tell(own, sidecar, now, now.minus(KEPT));
    }
    for (CheckNotes.Numbered each : notes.findings(from, sidecar)) {
      if (heard.add(each.no())) {
        breakers.accept(result(each.finding()));
      }
    }
    if (!heard.isEmpty()) {
      from = Math.max(from, heard.getLast() - OUT_OF_ORDER);
      heard.headSet(from, true).clear();
    }
  }

  private static CheckResult result(CheckFinding finding) {
    return new CheckResult(
        finding.breaker(), finding.begun(), finding.took(), finding.verdict(), finding.interval());
  }
}
