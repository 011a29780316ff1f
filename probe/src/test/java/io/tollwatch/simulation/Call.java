package io.tollwatch.simulation;

import io.tollwatch.routing.Channel;
import io.tollwatch.taxonomy.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of a client, and what came of it. Played by one actor.
final class Call {

  final int number;
  final Wish wish;
  final List<Leg> legs = new ArrayList<>();
  final Channel channel;
  long beganTick;
  long beganNanos;
  long decidedTick;
  int streams;
  Optional<Money> told = Optional.empty();

  /// What a client wants.
  ///
  /// @param direct the provider that it names; empty if it calls the channel
  /// @param invoice whether it pays an invoice, which the gateway tries again by itself
  /// @param streamed whether its body passes through
  /// @param customer whether it names an object of one account
  record Wish(
      String channel,
      Optional<String> direct,
      Optional<String> key,
      Optional<String> reference,
      boolean invoice,
      boolean streamed,
      boolean customer) {

    boolean isSamePaymentAs(Wish other) {
      return channel.equals(other.channel)
          && invoice == other.invoice
          && (hasKeyOf(other) || hasReferenceOf(other));
    }

    boolean hasKeyOf(Wish other) {
      return key.isPresent() && key.equals(other.key);
    }

    boolean hasReferenceOf(Wish other) {
      return seenReference().isPresent() && seenReference().equals(other.seenReference());
    }

    /// The reference as far as Tollwatch sees it: not in a body that passes through.
    Optional<String> seenReference() {
      return streamed ? Optional.empty() : reference;
    }

    boolean isAnonymous() {
      return key.isEmpty() && seenReference().isEmpty();
    }
  }

  /// One sending of it.
  static final class Leg {
    final Gateway gateway;
    final Fault fault;
    final long decidedTick;
    final long sentTick;
    final long sentNanos;
    boolean answered;
    boolean whole = true;
    @Nullable Charge charge;

    Leg(Gateway gateway, Fault fault, long decidedTick, long sentTick, long sentNanos) {
      this.gateway = gateway;
      this.fault = fault;
      this.decidedTick = decidedTick;
      this.sentTick = sentTick;
      this.sentNanos = sentNanos;
    }
  }

  Call(int number, Wish wish, Channel channel) {
    this.number = number;
    this.wish = wish;
    this.channel = channel;
  }

  @Override
  public String toString() {
    return "call " + number + " " + wish + " told " + told;
  }
}
