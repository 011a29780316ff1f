package io.tollwatch.checks.scheduler;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.Gateway;
import io.tollwatch.checks.run.Runner;
import io.tollwatch.checks.run.TestMoneyRegister;
import io.tollwatch.checks.run.Watcher;
import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.TestMoney;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes runs of checks at the providers in force; first it gives back what earlier runs left.
/// Thread-safe.
///
/// @param gateways each provider, as checks call it
public record RunnerConduct(
    Runner runner, TestMoneyRegister register, Function<String, Optional<Gateway>> gateways)
    implements Conduct {

  /// Of how many earlier runs one run gives back at most what they left.
  private static final int EARLIER = 10;

  @Override
  public Optional<CheckRun> run(Check check, Instant planned) {
    Gateway gateway =
        gateways
            .apply(check.provider())
            .orElseThrow(
                () -> new IllegalStateException("no provider is named " + check.provider()));
    giveBack(check, gateway);
    return runner.hasTaken(check, planned)
        ? Optional.empty()
        : Optional.of(runner.run(check, gateway, planned, Watcher.none()));
  }

  private void giveBack(Check check, Gateway gateway) {
    Map<Instant, List<TestMoney>> byRun = new TreeMap<>();
    register.open().stream()
        .filter(money -> money.check().equals(check.name()))
        .filter(money -> money.provider().equals(check.provider()))
        .forEach(
            money -> byRun.computeIfAbsent(money.planned(), _ -> new ArrayList<>()).add(money));
    byRun.values().stream()
        .limit(EARLIER)
        .forEach(left -> {
          var _ = runner.giveBack(check, gateway, left, Watcher.none());
        });
  }
}
