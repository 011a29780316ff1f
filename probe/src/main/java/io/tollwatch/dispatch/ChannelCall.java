package io.tollwatch.dispatch;

import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Routing;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Router;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Optional;

/// A call through a channel, as it was read. Immutable.
///
/// @param identity by what its payment is known
record ChannelCall(Members members, Incoming incoming, Reading reading, PaymentIdentity identity) {

  static ChannelCall read(Members members, Incoming incoming, RequestReader reader) {
    Reading reading = reader.read(members.first(), incoming);
    return new ChannelCall(
        members, incoming, reading, reading.identityIn(members.channel().name()));
  }

  Channel channel() {
    return members.channel();
  }

  Operation operation() {
    return reading.route().operation();
  }

  boolean movesMoney() {
    return reading.route().movesMoney();
  }

  /// Whether it works on a payment that some provider took before.
  boolean followsUp() {
    return switch (operation()) {
      case CAPTURE, REFUND, VOID, QUERY -> true;
      case PAY, OTHER -> false;
    };
  }

  /// Whether its payment is claimed where the other sidecars of the channel see it.
  boolean isShared() {
    return movesMoney() && channel().sharing().claims() && !identity.isUnknown();
  }

  /// A draft for a provider, as a call that came there through the channel.
  ///
  /// @param previous the exchange of the attempt before
  Scribe.Draft draft(
      Scribe scribe, String provider, Optional<String> previous, List<Decision> decisions) {
    return scribe
        .draft(members.provider(provider), incoming, reading)
        .through(new Routing(channel().name(), previous, decisions));
  }

  /// What the router is asked for.
  Router.Wish wish() {
    return new Router.Wish(
        operation(),
        reading.facts().rail(),
        incoming.origin(),
        identity.reference().or(identity::key));
  }
}
