package io.tollwatch.proxy.telemetry;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.schedule.Standing;
import io.tollwatch.checks.scheduler.RunNews;
import io.tollwatch.checks.script.Check;
import io.tollwatch.exchange.TestMoney;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Counts what checks of this process do, and writes a line where a check comes to stand otherwise,
/// leaves money behind or misses a run. Thread-safe.
public final class CheckNews implements RunNews {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Metrics metrics;
  private final InstantSource clock;
  private final Consumer<String> lines;

  /// @param lines where lines go, without line ends; must not block
  public CheckNews(Metrics metrics, InstantSource clock, Consumer<String> lines) {
    this.metrics = metrics;
    this.clock = clock;
    this.lines = lines;
  }

  @Override
  public void ran(Check check, CheckRun run, Standing before, Standing now) {
    metrics.checkRan(check.name(), run);
    if (before.state() != now.state()) {
      Map<String, Object> line = line(check.name(), now.state().word());
      line.put(check.to().key(), check.to().name());
      line.put("from", before.state().word());
      run.failed().flatMap(StepResult::reason).ifPresent(reason -> line.put("reason", reason));
      lines.accept(JSON.writeValueAsString(line));
    }
    if (!run.out().isEmpty()) {
      Map<String, Object> line = line(check.name(), "left_money_behind");
      line.put(check.to().key(), check.to().name());
      line.put("payments", run.out().size());
      lines.accept(JSON.writeValueAsString(line));
    }
  }

  /// Test money is out for too long.
  public void leaked(TestMoney money) {
    Map<String, Object> line = line(money.check(), "leaked");
    line.put("provider", money.provider());
    line.put("id", money.id());
    line.put("step", money.step());
    money.amountMinor().ifPresent(amount -> line.put("amount_minor", amount));
    money.currency().ifPresent(currency -> line.put("currency", currency));
    line.put("reason", money.reason());
    lines.accept(JSON.writeValueAsString(line));
  }

  @Override
  public void missed(String check, long runs, String reason) {
    metrics.checkMissed(check, runs);
    Map<String, Object> line = line(check, "missed");
    line.put("runs", runs);
    line.put("reason", reason);
    lines.accept(JSON.writeValueAsString(line));
  }

  private Map<String, Object> line(String check, String what) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant().toString());
    line.put("event", "check");
    line.put("check", check);
    line.put("what", what);
    return line;
  }
}
