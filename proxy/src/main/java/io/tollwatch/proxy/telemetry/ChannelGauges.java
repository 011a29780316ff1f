package io.tollwatch.proxy.telemetry;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tollwatch.exchange.MemberState;
import io.tollwatch.routing.MemberStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// How the providers of channels stand, for whoever asks for the metrics. Labels are configured
/// names and a closed set of states.
public final class ChannelGauges {

  private static final String MAINTENANCE = "maintenance";

  private ChannelGauges() {}

  /// Adds them.
  ///
  /// @param channels those in force by name, asked at each scrape
  public static void add(Metrics metrics, Supplier<Map<String, List<MemberStanding>>> channels) {
    MultiGauge shares =
        metrics.table(
            "tollwatch.channel.share",
            "Percentage of new payments that a provider may get: 100, a canary's share, or 0");
    metrics.onScrape(() -> shares.register(rows(channels.get()), true));
  }

  private static List<MultiGauge.Row<?>> rows(Map<String, List<MemberStanding>> channels) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    channels.forEach((channel, members) -> members.forEach(each -> rows.add(row(channel, each))));
    return rows;
  }

  private static MultiGauge.Row<?> row(String channel, MemberStanding member) {
    boolean closed = member.maintenance().isPresent() && member.state() != MemberState.DRAINED;
    return MultiGauge.Row.of(
        Tags.of(
            "channel",
            channel,
            "provider",
            member.provider(),
            "state",
            closed ? MAINTENANCE : member.state().word()),
        closed ? 0 : member.share());
  }
}
