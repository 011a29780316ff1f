package io.tollwatch.proxy.cli;

import io.tollwatch.checks.run.CheckRun;
import io.tollwatch.checks.run.StepResult;
import io.tollwatch.checks.run.Watcher;
import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Shows checks while they run, or each as a JSON document when it has ended. Confined to one
/// thread.
final class ProbeView implements Watcher {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;
  private final Paint paint;
  private final PrintWriter out;
  private final boolean json;
  private final boolean stepwise;

  ProbeView(Terminal terminal, PrintWriter out, boolean json, boolean stepwise) {
    this.terminal = terminal;
    this.paint = terminal.paint();
    this.out = out;
    this.json = json;
    this.stepwise = stepwise;
  }

  /// What became of the money that earlier probes had left.
  void earlier(List<TestMoney> still, List<StepResult> tried) {
    if (json || tried.isEmpty()) {
      return;
    }
    out.println(
        still.isEmpty()
            ? paint.good("what an earlier probe had left is back")
            : paint.bad("an earlier probe left " + Count.of(still.size(), "payment")));
    still.forEach(money -> out.println("  " + shown(money)));
    out.println();
  }

  void begin(Check check) {
    if (!json) {
      out.println(paint.bold(check.name()) + " at " + check.to().shown());
      check.note().ifPresent(note -> out.println("  " + paint.faint(Printable.line(note))));
      out.flush();
    }
  }

  @Override
  public void before(Check check, String step) {
    if (stepwise) {
      PrintWriter asking = json ? new PrintWriter(System.err, true, Charset.defaultCharset()) : out;
      asking.print("  next: " + step + ", Enter to send it ");
      asking.flush();
      awaitEnter();
    }
  }

  private static void awaitEnter() {
    try {
      int read = System.in.read();
      while (read >= 0 && read != '\n') {
        read = System.in.read();
      }
    } catch (IOException e) {
      // nobody is there to wait for
    }
  }

  @Override
  public void after(Check check, StepResult result) {
    if (json) {
      return;
    }
    out.println();
    out.println("  " + mark(result) + " " + paint.bold(result.name()) + head(result));
    boolean skipped = result.state() == StepResult.State.SKIPPED;
    result
        .reason()
        .map(Printable::line)
        .ifPresent(
            reason -> out.println("    " + (skipped ? paint.faint(reason) : paint.bad(reason))));
    result.outcome().ifPresent(this::outcome);
    result.findings().forEach(this::finding);
    String captured = result.intent().isPresent() ? "captured " : "";
    new TreeMap<>(result.captures())
        .forEach(
            (name, value) -> out.println("    " + captured + name + " = " + Printable.line(value)));
    out.flush();
  }

  private String mark(StepResult result) {
    return switch (result.state()) {
      case PASSED -> paint.good("ok  ");
      case FAILED -> paint.bad("FAIL");
      case SKIPPED -> paint.faint("-   ");
    };
  }

  private static String head(StepResult result) {
    return result
        .intent()
        .map((Intent intent) ->
            "  "
                + intent.method()
                + " "
                + Printable.line(intent.target())
                + (intent.routing().isPresent() ? " at " + intent.provider() : "")
                + "  "
                + intent.id())
        .orElse("");
  }

  private void outcome(Outcome outcome) {
    Verdict verdict = outcome.verdict();
    String status = outcome.answer().map(answer -> "HTTP " + answer.status()).orElse("no answer");
    out.println(
        "    "
            + status
            + ", "
            + verdict.category().word()
            + ", money "
            + paint.money(verdict.money(), verdict.money().word())
            + verdict.gateway().code().map(code -> ", code " + Printable.line(code)).orElse("")
            + paint.faint("  by " + verdict.rule()));
    new Waterfall(terminal)
        .lines(outcome.timings(), outcome.broken().map(broke -> broke.phase()))
        .forEach(line -> out.println("  " + line));
    outcome
        .connection()
        .tls()
        .ifPresent(tls ->
            out.println(
                paint.faint(
                    "    %s, certificates valid until %s"
                        .formatted(tls.version(), tls.certificateExpires()))));
  }

  private void finding(Finding finding) {
    String text = Printable.line(finding.expected());
    out.println(
        finding.holds()
            ? "    "
                + paint.good("ok")
                + "   "
                + text
                + paint.faint(": " + Printable.line(finding.found()))
            : "    "
                + paint.bad("not")
                + "  "
                + text
                + ", found "
                + Printable.line(finding.found()));
  }

  void end(CheckRun run) {
    if (json) {
      out.println(JSON.writeValueAsString(RunJson.of(run)));
      out.flush();
      return;
    }
    out.println();
    for (TestMoney money : run.out()) {
      out.println("  " + paint.bad("left behind: ") + shown(money));
    }
    out.printf(
        "%s %s in %d ms%n%n",
        run.check(),
        run.passed()
            ? paint.good("passed")
            : paint.bad(run.stepsPassed() ? "left money behind" : "failed"),
        run.took().toMillis());
    out.flush();
  }

  private static String shown(TestMoney money) {
    String amount =
        money.amountMinor().isPresent()
            ? money.amountMinor().getAsLong() + " " + money.currency().orElse("") + " (minor units)"
            : "an unknown amount";
    return "%s of step %s, %s: %s"
        .formatted(
            amount,
            money.step(),
            money.exchange().map(id -> "exchange " + id).orElse("exchange unknown"),
            Printable.line(money.reason()));
  }

  void totals(List<CheckRun> runs) {
    if (json || runs.size() < 2) {
      return;
    }
    long passed = runs.stream().filter(CheckRun::passed).count();
    out.printf("%d of %s passed%n", passed, Count.of(runs.size(), "check"));
    out.flush();
  }
}
