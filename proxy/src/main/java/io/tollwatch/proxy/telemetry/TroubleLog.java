package io.tollwatch.proxy.telemetry;

import io.tollwatch.dispatch.Observer;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Writes one line of JSON for each call that did not end well, redacted like all that is kept, and
/// no more than so many a minute: what was left out is said in the next minute. Thread-safe.
public final class TroubleLog implements Observer {

  private static final Set<Category> WELL =
      Set.of(
          Category.SUCCEEDED,
          Category.PENDING,
          Category.CUSTOMER_ACTION_REQUIRED,
          Category.DECLINE_SOFT,
          Category.DECLINE_HARD,
          Category.FRAUD_BLOCK,
          Category.CUSTOMER_INPUT,
          Category.AUTHENTICATION_FAILED,
          Category.CUSTOMER_CANCELLED);

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

  /// Whether a call ended well: answered as it should be. Declines are answers (P8).
  public static boolean endedWell(Outcome outcome) {
    return WELL.contains(outcome.verdict().category())
        && outcome.verdict().money() != Money.IN_DOUBT;
  }

  @Override
  public void settled(Intent intent, Outcome outcome) {
    if (!endedWell(outcome) && admitted()) {
      lines.accept(JSON.writeValueAsString(line(intent, outcome)));
    }
  }

  private synchronized boolean admitted() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      if (left > 0) {
        lines.accept(
            JSON.writeValueAsString(
                Map.of("event", "calls_not_logged", "count", left, "minute", minute.toString())));
      }
      minute = now;
      written = 0;
      left = 0;
    }
    if (written < perMinute) {
      written++;
      return true;
    }
    left++;
    return false;
  }

  private static Map<String, Object> line(Intent intent, Outcome outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", intent.startedAt().toString());
    line.put("event", "call_in_trouble");
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
    line.put("traceparent", intent.correlation().traceparent());
    line.put("total_ms", outcome.timings().totalNanos() / 1_000_000.0);
    return line;
  }
}
