package io.tollwatch.proxy.telemetry;

import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Writes one line of JSON for each call that did not end well, and for each payment that may have
/// been attempted twice, redacted like all that is kept, and no more than so many a minute: what
/// was left out is said with the next line of a later minute, or at the end. Thread-safe.
public final class TroubleLog implements Observer, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Consumer<String> lines;
  private final InstantSource clock;
  private final int perMinute;
  private Instant minute = Instant.MIN;
  private int written;
  private int left;

  /// @param lines where lines go, without line ends
  /// @param perMinute how many lines a minute at most
  public TroubleLog(Consumer<String> lines, InstantSource clock, int perMinute) {
    this.lines = lines;
    this.clock = clock;
    this.perMinute = perMinute;
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    boolean worthALine = inTrouble(outcome.verdict()) || intent.duplicateOf().isPresent();
    if (worthALine && admitted()) {
      lines.accept(JSON.writeValueAsString(line(intent, outcome)));
    }
  }

  /// Says what was left out since the last minute began.
  @Override
  public synchronized void close() {
    sayWhatWasLeft();
  }

  /// Declines are answers (P8).
  private static boolean inTrouble(Verdict verdict) {
    return !verdict.category().endsWell() || verdict.money() == Money.IN_DOUBT;
  }

  private synchronized boolean admitted() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      sayWhatWasLeft();
      minute = now;
      written = 0;
    }
    if (written < perMinute) {
      written++;
      return true;
    }
    left++;
    return false;
  }

  private void sayWhatWasLeft() {
    if (left > 0) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", clock.instant().toString());
      line.put("event", "calls_not_logged");
      line.put("count", left);
      line.put("minute", minute.toString());
      lines.accept(JSON.writeValueAsString(line));
      left = 0;
    }
  }

  private static Map<String, Object> line(Intent intent, Outcome outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", intent.startedAt().toString());
    line.put("event", inTrouble(outcome.verdict()) ? "call_in_trouble" : "duplicate_attempt");
    line.put("exchange", intent.id());
    line.put("provider", intent.provider());
    line.put("operation", intent.operation().word());
    line.put("method", intent.method());
    line.put("target", intent.target());
    line.put("category", outcome.verdict().category().word());
    line.put("money", outcome.verdict().money().word());
    line.put("fault", outcome.verdict().fault().word());
    line.put("action", outcome.verdict().action().word());
    line.put("rule", outcome.verdict().rule());
    line.put("progress", outcome.progress().word());
    outcome.answer().ifPresent(answer -> line.put("status", answer.status()));
    outcome
        .broken()
        .ifPresent(broken -> {
          line.put("breakage", broken.breakage().word());
          line.put("phase", broken.phase().word());
          line.put("detail", broken.detail());
        });
    outcome.verdict().gateway().code().ifPresent(code -> line.put("code", code));
    outcome.verdict().gateway().requestId().ifPresent(id -> line.put("gateway_request_id", id));
    intent.correlation().reference().ifPresent(value -> line.put("reference", value));
    intent.repeatOf().ifPresent(value -> line.put("repeat_of", value));
    intent.duplicateOf().ifPresent(value -> line.put("duplicate_of", value));
    outcome.verdict().trail().unmapped().ifPresent(code -> line.put("unmapped", code));
    line.put("traceparent", intent.correlation().traceparent());
    line.put("total_ms", outcome.timings().totalNanos() / 1_000_000.0);
    return line;
  }
}
