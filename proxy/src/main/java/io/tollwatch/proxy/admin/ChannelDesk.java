package io.tollwatch.proxy.admin;

import io.tollwatch.routing.Channel;
import io.tollwatch.routing.MemberOrder;
import io.tollwatch.routing.MemberStanding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the admin API can see of channels, and do to their providers. Thread-safe.
public interface ChannelDesk {

  /// The channels in force, in the order of their names.
  List<Channel> channels();

  /// The channel of that name.
  default Optional<Channel> channel(String name) {
    return channels().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /// How the providers of a channel stand, in the configured order.
  List<MemberStanding> standings(Channel channel);

  /// What time it is for orders.
  Instant now();

  /// Obeys an order.
  void order(Channel channel, String provider, MemberOrder order);

  /// Ends an order. Gives whether there was one.
  boolean release(Channel channel, String provider, String reason, String who);
}
