package io.tollwatch.proxy.admin;

import io.tollwatch.routing.Channel;
import io.tollwatch.routing.MemberStanding;
import io.tollwatch.routing.Strategy;
import java.time.Instant;
import java.util.List;

/// How a channel stands, as JSON says it. Immutable.
///
/// @param strategy in which order its providers are asked, in a word
public record ChannelStanding(String name, String strategy, List<Member> providers) {

  public ChannelStanding {
    providers = List.copyOf(providers);
  }

  /// How one of its providers stands. Immutable.
  ///
  /// @param share percentage of traffic that a canary gets; else 100, or 0 of one that is drained
  /// @param since as an ISO instant, or empty
  /// @param reason one line for people, or empty
  /// @param who who ordered it, or empty
  /// @param until when the order expires, as an ISO instant, or empty
  /// @param maintenance what is on now, or empty
  public record Member(
      String provider,
      String state,
      int share,
      String since,
      String reason,
      String who,
      String until,
      String maintenance) {

    static Member of(MemberStanding standing) {
      return new Member(
          standing.provider(),
          standing.state().word(),
          standing.share(),
          standing.since().map(Instant::toString).orElse(""),
          standing.reason(),
          standing.who().orElse(""),
          standing.until().map(Instant::toString).orElse(""),
          standing.maintenance().orElse(""));
    }
  }

  static ChannelStanding of(Channel channel, List<MemberStanding> members) {
    return new ChannelStanding(
        channel.name(), word(channel.strategy()), members.stream().map(Member::of).toList());
  }

  /// A strategy's word in the configuration.
  public static String word(Strategy strategy) {
    return switch (strategy) {
      case Strategy.Ordered() -> "ordered";
      case Strategy.Weighted _ -> "weighted";
      case Strategy.Sticky _ -> "sticky";
      case Strategy.Adaptive _ -> "adaptive";
    };
  }
}
