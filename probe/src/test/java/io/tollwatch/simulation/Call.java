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
  long claimTick;
  long toldTick;
  int streams;
  int legsAtStream;
  String exchange = "";
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

    /// P1: by key or reference, per merchant account and operation.
    boolean isSamePaymentAs(Wish other) {
      return isRepeatOf(other)
          || (channel.equals(other.channel) && invoice == other.invoice && hasReferenceOf(other));
    }

    /// The same payment at a gateway too: a key names one only within an operation.
    boolean isRepeatOf(Wish other) {
      return channel.equals(other.channel)
          && invoice == other.invoice
          && key.isPresent()
          && key.equals(other.key);
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

  /// One sending of it, which was claimed for its gateway before. It is one more to the same
  /// gateway if it comes `again`, and the gateway `forgot` the key of one that had come long
  /// before: then the key's next `generation` begins.
  static final class Leg {
    final Gateway gateway;
    final Fault fault;
    final String exchange;
    final long claimTick;
    final long sentTick;
    final long sentNanos;
    final boolean again;
    boolean answered;
    boolean forgot;
    int generation;
    boolean whole = true;
    @Nullable Charge charge;

    Leg(Gateway gateway, Fault fault, Call call, long sentTick, long sentNanos) {
      this.gateway = gateway;
      this.fault = fault;
      this.exchange = call.exchange;
      this.claimTick = call.claimTick;
      this.again = !call.legs.isEmpty() && call.legs.getLast().gateway == gateway;
      this.sentTick = sentTick;
      this.sentNanos = sentNanos;
    }
  }

  Call(int number, Wish wish, Channel channel) {
    this.number = number;
    this.wish = wish;
    this.channel = channel;
  }

  /// A part of an answer was passed on.
  void streamed() {
    streams++;
    legsAtStream = legs.size();
  }

  /// Until when it was known to the index what the caller is told: of a call that was sent nowhere,
  /// as long as nothing of it was written down.
  long knownUntil() {
    return legs.isEmpty() ? claimTick : toldTick;
  }

  @Override
  public String toString() {
    return "call " + number + " " + wish + " told " + told + " at " + toldTick;
  }
}
