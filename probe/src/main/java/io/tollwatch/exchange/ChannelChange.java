package io.tollwatch.exchange;

import java.time.Instant;
import java.util.Optional;

/// A provider of a channel stands differently than before: by somebody's order, because the order
/// ended, or because a canary's share changed by itself. Immutable.
///
/// @param to how it stands now; in use where an order ended
/// @param share percentage of traffic that a canary gets
/// @param reason one line for people
/// @param who who ordered it; empty if it came by itself
/// @param until when the order expires, also of one that ended before; [#FOR_GOOD] of a canary that
///   waits for somebody's order
public record ChannelChange(
    Instant at,
    String channel,
    String provider,
    MemberState to,
    int share,
    String reason,
    Optional<String> who,
    Instant until)
    implements Entry {

  /// No order expires then.
  public static final Instant FOR_GOOD = Instant.parse("9999-12-31T00:00:00Z");

  /// Whether it stays when its time is over: a canary that has not got all of the traffic, or that
  /// went out because it did worse. An order that was forgotten must not give it the rest.
  public boolean stays() {
    return switch (to) {
      case CANARY -> share < 100;
      case DRAINED -> who.isEmpty();
      case IN_USE -> false;
    };
  }
}
