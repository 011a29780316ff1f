package io.tollwatch.proxy.telemetry;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tollwatch.checks.schedule.CheckState;
import io.tollwatch.proxy.admin.CheckStatus;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How scheduled checks stand, for whoever asks for the metrics. Labels are configured names and a
/// closed set of states.
public final class CheckGauges {

  private CheckGauges() {}

  /// Adds them.
  ///
  /// @param checks those in force, asked at each scrape
  public static void add(Metrics metrics, Supplier<List<CheckStatus>> checks) {
    MultiGauge states =
        metrics.table("tollwatch.check.state", "1 for the state that the check is in");
    metrics.onScrape(
        () -> states.register(checks.get().stream().flatMap(CheckGauges::rows).toList(), true));
  }

  private static Stream<MultiGauge.Row<?>> rows(CheckStatus check) {
    return Arrays.stream(CheckState.values())
        .map(state ->
            MultiGauge.Row.of(
                Tags.of("check", check.name(), "provider", at(check), "state", state.word()),
                state.word().equals(check.state()) ? 1 : 0));
  }

  /// The provider's name or the channel's: no two have the same.
  private static String at(CheckStatus check) {
    return check.provider().isEmpty() ? check.channel() : check.provider();
  }
}
