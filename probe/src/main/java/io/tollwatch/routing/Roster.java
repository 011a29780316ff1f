package io.tollwatch.routing;

import io.tollwatch.exchange.ChannelChange;
import io.tollwatch.exchange.MemberState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// How the providers of channels stand: in use, drained or canary, by configuration and by order.
/// It only says who comes into question for new payments; where a payment may go is decided as
/// before, and what follows up a payment goes to the provider that took it. Thread-safe; never
/// waits; bounded by the number of providers that channels have had.
public final class Roster {

  private final Maintenance maintenance;
  private final TrackRecord record;
  private final InstantSource time;
  private final Consumer<ChannelChange> listener;
  private final Map<Place, ChannelChange> latest = new ConcurrentHashMap<>();
  private final Map<Place, Canary> canaries = new HashMap<>();

  /// A roster on which all are as configured.
  ///
  /// @param listener is told of each change, on the thread that made it; must not wait
  public Roster(
      Maintenance maintenance,
      TrackRecord record,
      InstantSource time,
      Consumer<ChannelChange> listener) {
    this.maintenance = maintenance;
    this.record = record;
    this.time = time;
    this.listener = listener;
  }

  /// A roster that nobody gives orders to.
  static Roster untouched(TrackRecord record) {
    return new Roster(Maintenance.none(), record, InstantSource.fixed(Instant.EPOCH), _ -> {});
  }

  private record Place(String channel, String provider) {}

  /// How all providers of a channel stand, in the configured order.
  public List<MemberStanding> standings(Channel channel) {
    Instant now = time.instant();
    return channel.providers().stream().map(each -> standing(channel, each, now)).toList();
  }

  MemberStanding standing(Channel channel, String provider, Instant now) {
    Optional<String> closed = maintenance.at(provider, now);
    Optional<ChannelChange> order = order(channel, provider, now);
    if (order.isEmpty()) {
      boolean drained = channel.drained().contains(provider);
      return new MemberStanding(
          provider,
          drained ? MemberState.DRAINED : MemberState.IN_USE,
          drained ? 0 : 100,
          Optional.empty(),
          drained ? "drained in the configuration" : "",
          Optional.empty(),
          Optional.empty(),
          closed);
    }
    ChannelChange change = order.get();
    return new MemberStanding(
        provider,
        change.to(),
        change.share(),
        Optional.of(change.at()),
        change.reason(),
        change.who(),
        Optional.of(change.until()).filter(until -> until.isBefore(ChannelChange.FOR_GOOD)),
        closed);
  }

  /// The order in force, if there is one.
  private Optional<ChannelChange> order(Channel channel, String provider, Instant now) {
    ChannelChange change = latest.get(new Place(channel.name(), provider));
    return Optional.ofNullable(change)
        .filter(each -> each.to() != MemberState.IN_USE)
        .filter(each -> now.isBefore(each.until()) || each.stays());
  }

  /// Obeys an order. A canary begins with the first step.
  public void order(Channel channel, String provider, MemberOrder order) {
    boolean canary = order.state() == MemberState.CANARY;
    ChannelChange change =
        change(
            channel,
            provider,
            order.state(),
            canary ? channel.canary().steps().getFirst() : 0,
            order.reason(),
            Optional.of(order.who()),
            order.until());
    listener.accept(change);
  }

  /// Ends an order. Gives whether there was one.
  public boolean release(Channel channel, String provider, String reason, String who) {
    Optional<ChannelChange> ended =
        order(channel, provider, time.instant())
            .map(each ->
                change(
                    channel,
                    provider,
                    MemberState.IN_USE,
                    100,
                    reason,
                    Optional.of(who),
                    each.until()));
    ended.ifPresent(listener);
    return ended.isPresent();
  }

  /// Learns what an earlier run left. What is known already and is newer counts for more.
  public void recall(ChannelChange change) {
    latest.merge(
        new Place(change.channel(), change.provider()),
        change,
        (known, other) -> other.at().isAfter(known.at()) ? other : known);
  }

  /// Whether nothing newer is known of its provider's standing: of a canary that waits, and of what
  /// ended an order, the journal must keep the last word, or an older one would count again.
  public boolean isLatest(ChannelChange change) {
    ChannelChange known = latest.get(new Place(change.channel(), change.provider()));
    return known == null || !known.at().isAfter(change.at());
  }

  /// Does what time does: ends orders, and lets canaries take their steps.
  public void advance(Collection<Channel> channels) {
    List<ChannelChange> changes = new ArrayList<>();
    for (Channel channel : channels) {
      for (String provider : channel.providers()) {
        advance(channel, provider).ifPresent(changes::add);
      }
    }
    changes.forEach(listener);
  }

  /// In one step, so that no order that comes meanwhile is undone.
  private Optional<ChannelChange> advance(Channel channel, String provider) {
    synchronized (canaries) {
      Instant now = time.instant();
      ChannelChange order = latest.get(new Place(channel.name(), provider));
      if (order == null || order.to() == MemberState.IN_USE) {
        return Optional.empty();
      }
      if (!now.isBefore(order.until())) {
        return Optional.of(expired(channel, order));
      }
      return order.to() == MemberState.CANARY
          ? step(channel, order, now).map(step -> stepped(channel, order, step))
          : Optional.empty();
    }
  }

  /// A canary whose time is over waits as it stands, and steps only down: to take all of the
  /// traffic takes a proof that was not made, or somebody's word.
  private ChannelChange expired(Channel channel, ChannelChange order) {
    return order.stays()
        ? change(
            channel,
            order.provider(),
            order.to(),
            order.share(),
            "the order has expired, and it stays so until another one; before: " + order.reason(),
            Optional.empty(),
            ChannelChange.FOR_GOOD)
        : byItself(channel, order, MemberState.IN_USE, 100, "the order has expired");
  }

  private ChannelChange stepped(Channel channel, ChannelChange order, Canary.Step step) {
    return byItself(
        channel,
        order,
        step.share() == 0 ? MemberState.DRAINED : MemberState.CANARY,
        step.share(),
        step.reason());
  }

  private ChannelChange byItself(
      Channel channel, ChannelChange order, MemberState to, int share, String reason) {
    return change(channel, order.provider(), to, share, reason, Optional.empty(), order.until());
  }

  private Optional<Canary.Step> step(Channel channel, ChannelChange change, Instant now) {
    Results own = record.total(change.provider());
    Results rest = Results.NONE;
    for (String other : channel.providers()) {
      rest = other.equals(change.provider()) ? rest : rest.plus(record.total(other));
    }
    Place place = new Place(channel.name(), change.provider());
    Canary canary = canaries.get(place);
    if (canary == null) {
      canaries.put(place, new Canary(channel.canary(), change.share(), now, own, rest));
      return Optional.empty();
    }
    return canary.look(now, own, rest, change.until().isBefore(ChannelChange.FOR_GOOD));
  }

  private ChannelChange change(
      Channel channel,
      String provider,
      MemberState to,
      int share,
      String reason,
      Optional<String> who,
      Instant until) {
    Place place = new Place(channel.name(), provider);
    ChannelChange change =
        new ChannelChange(time.instant(), channel.name(), provider, to, share, reason, who, until);
    synchronized (canaries) {
      if (who.isPresent() || to != MemberState.CANARY) {
        canaries.remove(place); // a new order begins anew
      }
      latest.put(place, change);
    }
    return change;
  }

  /// Who comes into question for a new payment now.
  Lineup lineUp(Channel channel) {
    Instant now = time.instant();
    List<MemberStanding> standings = new ArrayList<>(channel.providers().size());
    for (String provider : channel.providers()) {
      standings.add(standing(channel, provider, now));
    }
    return Lineup.of(standings);
  }
}
