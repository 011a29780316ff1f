package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.Reach;
import io.tollwatch.checks.run.Runner;
import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.checks.run.Watcher;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.exchange.TestMoney;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes runs of checks at the providers and channels in force; first it gives back what earlier
/// runs left. Thread-safe.
///
/// @param reaches what checks reach by going there
public record RunnerConduct(
    Runner runner, TestMoneyRegister register, Function<Destination, Optional<Reach>> reaches)
    implements Conduct {

  /// Of how many earlier runs one run gives back at most what they left.
  private static final int EARLIER = 10;

  @Override
  public Optional<CheckRun> run(Check check, Instant planned) {
    Reach reach =
        reaches
            .apply(check.to())
            .orElseThrow(() -> new IllegalStateException("there is no " + check.to().shown()));
    giveBack(check, reach);
    return runner.hasTaken(check, planned)
        ? Optional.empty()
        : Optional.of(runner.run(check, reach, planned, Watcher.none()));
  }

  private void giveBack(Check check, Reach reach) {
    Map<Instant, List<TestMoney>> byRun = new TreeMap<>();
    register.open().stream()
        .filter(money -> money.check().equals(check.name()))
        .filter(money -> reach.covers(money.provider()))
        .forEach(
            money -> byRun.computeIfAbsent(money.planned(), _ -> new ArrayList<>()).add(money));
    byRun.values().stream()
        .limit(EARLIER)
        .forEach(left -> {
          var _ = runner.giveBack(check, wide(reach, left), left, Watcher.none());
        });
  }

  /// With the providers that a channel had when it took the money.
  private Reach wide(Reach reach, List<TestMoney> left) {
    Reach wide = reach;
    for (TestMoney money : left) {
      if (!reach.gateways().containsKey(money.provider())) {
        wide =
            reaches
                .apply(new Destination.OfProvider(money.provider()))
                .map(wide::with)
                .orElse(wide);
      }
    }
    return wide;
  }
}
