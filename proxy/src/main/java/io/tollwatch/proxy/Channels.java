package io.tollwatch.proxy;

import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.Entry;
import io.tollwatch.proxy.admin.ChannelDesk;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Maintenance;
import io.tollwatch.routing.MemberOrder;
import io.tollwatch.routing.MemberStanding;
import io.tollwatch.routing.Roster;
import io.tollwatch.routing.TrackRecord;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// How the providers of a running sidecar's channels stand, with the channels in force.
/// Thread-safe.
final class Channels implements ChannelDesk, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Channels.class.getName());

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tollwatch-channels").daemon().factory());
  private final Supplier<Configuration> configuration;
  private final SystemTime time;
  private final TrackRecord record;
  private final Roster roster;

  /// @param configuration the one in force
  /// @param news is told of each change; must not wait
  Channels(Supplier<Configuration> configuration, SystemTime time, Consumer<ChannelChange> news) {
    this.configuration = configuration;
    this.time = time;
    this.record = new TrackRecord(time.nanos());
    this.roster =
        new Roster(
            new Maintenance(name ->
                configuration
                    .get()
                    .provider(name)
                    .map(ProviderConfig::maintenance)
                    .orElse(List.of())),
            record,
            time.wall(),
            news);
  }

  TrackRecord record() {
    return record;
  }

  Roster roster() {
    return roster;
  }

  /// Learns from the journal what an earlier run left, before channels open.
  void recall(Entry entry) {
    if (entry instanceof ChannelChange change) {
      roster.recall(change);
    }
  }

  /// Begins to let time move what nobody asks.
  void start() {
    var _ = clockwork.scheduleWithFixedDelay(this::advance, 1, 1, TimeUnit.SECONDS);
  }

  /// What fails once must not end the clockwork.
  private void advance() {
    try {
      roster.advance(channels());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "channels could not go on: {0}", e.getClass().getName());
    }
  }

  /// How the providers of all channels in force stand, by the channel's name.
  Map<String, List<MemberStanding>> standings() {
    return channels().stream().collect(Collectors.toMap(Channel::name, this::standings));
  }

  @Override
  public List<Channel> channels() {
    return List.copyOf(configuration.get().channels().values());
  }

  @Override
  public List<MemberStanding> standings(Channel channel) {
    return roster.standings(channel);
  }

  @Override
  public Instant now() {
    return time.wall().instant();
  }

  @Override
  public void order(Channel channel, String provider, MemberOrder order) {
    roster.order(channel, provider, order.redacted(redaction()));
  }

  @Override
  public boolean release(Channel channel, String provider, String reason, String who) {
    UnaryOperator<String> redaction = redaction();
    return roster.release(channel, provider, redaction.apply(reason), redaction.apply(who));
  }

  /// Orders stand in the journal, in the log and in the decisions about payments.
  private UnaryOperator<String> redaction() {
    return ReportSetup.redaction(configuration.get());
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }
}
