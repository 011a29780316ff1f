package io.tollwatch.health;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.BreakerChange;
import io.tollwatch.exchange.BreakerKey;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.fixtures.ManualTime;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A board in time that stands still, with an open time of exactly 10 s. Confined to one test.
final class BoardRig implements BreakerListener {

  static final BreakerKey PAY = BreakerKey.of("stripe", Operation.PAY);
  static final Duration USUAL = Duration.ofMillis(300);

  final ManualTime time = new ManualTime(Instant.parse("2026-11-26T00:00:00Z"));
  final List<BreakerChange> changes = new ArrayList<>();
  final Limits limits = new Limits(_ -> new LimitSettings(1000, 10), time.nanos());
  final HealthBoard board;
  int denied;

  BoardRig() {
    this(BreakerSettings.defaults());
  }

  BoardRig(BreakerSettings settings) {
    board = new HealthBoard(_ -> settings, limits, time.instants(), time.nanos(), () -> 1.0, this);
  }

  @Override
  public void changed(BreakerChange change) {
    changes.add(change);
  }

  @Override
  public void denied(BreakerKey breaker) {
    denied++;
  }

  /// Lets time pass.
  void pass(Duration step) {
    time.advance(step);
  }

  Optional<Permit> ask(BreakerKey key, Origin origin) {
    return switch (board.ask(key, origin)) {
      case Admission.Granted(Permit permit) -> Optional.of(permit);
      case Admission.Denied _ -> Optional.empty();
    };
  }

  /// Makes a live call that takes no time. Gives whether it was let through.
  boolean call(BreakerKey key, Verdict verdict) {
    Optional<Permit> permit = ask(key, Origin.LIVE);
    permit.ifPresent(each -> each.settle(verdict, USUAL));
    return permit.isPresent();
  }

  void calls(int count, BreakerKey key, Verdict verdict) {
    for (int i = 0; i < count; i++) {
      call(key, verdict);
    }
  }

  void check(BreakerKey key, Verdict verdict) {
    board.watch(key, Origin.SYNTHETIC).settle(verdict, USUAL);
  }

  /// Calls that fail, until its breaker is open.
  void open(BreakerKey key) {
    for (int i = 0; i < 20 && state(key) != BreakerState.OPEN; i++) {
      call(key, Results.FAILED);
    }
  }

  Standing standing(BreakerKey key) {
    return board.standings().stream()
        .filter(each -> each.breaker().equals(key))
        .findFirst()
        .orElseGet(() -> Standing.unused(key, time.now()));
  }

  BreakerState state(BreakerKey key) {
    return standing(key).state();
  }

  /// Brings an open breaker back to half-open, and by one live call to ramping.
  void recover(BreakerKey key) {
    pass(Duration.between(time.now(), standing(key).until().orElseThrow()));
    call(key, Results.SUCCEEDED);
  }

  /// Good calls, until its breaker is closed.
  void close(BreakerKey key) {
    for (int i = 0; i < 10_000 && state(key) != BreakerState.CLOSED; i++) {
      call(key, Results.SUCCEEDED);
      pass(Duration.ofMillis(100));
    }
  }
}
