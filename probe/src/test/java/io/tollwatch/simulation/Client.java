package io.tollwatch.simulation;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Caller;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.wire.CallerWatch;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// Somebody who pays for an order, and repeats.
final class Client {
  private final World world;
  private final Random chance;
  private final String channel;
  private final String order;
  private int keys;

  Client(World world, String channel, int number) {
    this.world = world;
    this.chance = world.chance;
    this.channel = channel;
    this.order = channel + "-" + (char) ('a' + number % 26);
  }

  void play() {
    int count = 1 + chance.nextInt(world.weather.calls());
    for (int i = 0; i < count; i++) {
      Optional<Money> told = make(wish());
      boolean done = told.equals(Optional.of(Money.SUCCEEDED)) && !world.weather.returns();
      if (done && chance.nextInt(4) > 0) {
        return;
      }
      world.stage.pause(world.weather.patient() ? pause() : Duration.ZERO);
    }
  }

  /// Some come again at once, some when gateways forget what came a day ago.
  private Duration pause() {
    if (world.weather.returns()) {
      return World.DAY.minusMillis(chance.nextLong(500)); // about the time that calls take
    }
    boolean late = world.patience().compareTo(World.DAY) >= 0 && chance.nextBoolean();
    return late
        ? World.DAY.plus(Duration.ofMillis(chance.nextLong(7_200_000) - 3_600_000))
        : Duration.ofMillis(chance.nextLong(Math.min(1_200_000, world.patience().toMillis())));
  }

  private Call.Wish wish() {
    int kind = chance.nextInt(20);
    boolean bare = kind == 4 || kind == 19;
    String name = order + (bare ? "-bare" : "-key");
    Optional<String> key = Optional.of(name + (kind < 4 ? ++keys : 0));
    boolean odd = chance.nextInt(100) < world.weather.odd();
    int oddity = odd ? chance.nextInt(4) : -1;
    return new Call.Wish(
        channel,
        oddity == 0 ? Optional.of(anyProvider()) : Optional.empty(),
        kind >= 17 ? Optional.empty() : key,
        bare ? Optional.empty() : Optional.of("order-" + order),
        oddity == 1 && channel.equals(World.CARD),
        oddity == 2,
        oddity == 3 && channel.equals(World.CARD));
  }

  private String anyProvider() {
    List<String> names =
        world.gateways.stream()
            .filter(each -> each.plain == channel.equals(World.WALLET))
            .map(each -> each.name)
            .toList();
    return names.get(chance.nextInt(names.size()));
  }

  /// Makes a call. Gives what the client is told of the money; empty if nobody told it anything.
  private Optional<Money> make(Call.Wish wish) {
    Call call = new Call(world.calls.size(), wish, world.channel(wish.channel()));
    world.calls.add(call);
    call.beganTick = world.stage.tick();
    call.beganNanos = world.stage.nanos();
    world.as(
        call, () -> Sidecar.untilKilled(() -> call.told = told(dispatched(world.sidecar(), call))));
    return call.told;
  }

  private Reply dispatched(Sidecar now, Call call) {
    Incoming incoming = incoming(call.wish);
    CallerWatch watch = new CallerWatch();
    Caller caller =
        (_, _, _) -> {
          call.streamed();
          return OutputStream.nullOutputStream();
        };
    Reply reply =
        call.wish.direct().isPresent()
            ? now.dispatcher.dispatch(
                now.provider(call.wish.direct().get()), incoming, caller, watch)
            : now.dispatcher.dispatch(now.members(call.channel), incoming, caller, watch);
    followUp(call, reply);
    return reply;
  }

  /// Some of what was taken is given back, later.
  private void followUp(Call call, Reply reply) {
    Optional<String> payment =
        call.legs.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(call.legs.getLast().charge).map(charge -> charge.id);
    if (world.weather.followsUp()
        && channel.equals(World.CARD)
        && payment.isPresent()
        && told(reply).equals(Optional.of(Money.SUCCEEDED))
        && chance.nextInt(4) == 0) {
      world.stage.enter(() -> {
        world.stage.pause(Duration.ofMillis(chance.nextInt(60_000)));
        world.followUps.add(FollowUp.made(world, call, payment.get()));
      });
    }
  }

  private static Incoming incoming(Call.Wish wish) {
    boolean plain = wish.channel().equals(World.WALLET);
    byte[] body = Gateway.body(plain, wish);
    Fields fields =
        Fields.of("Content-Type", plain ? "application/json" : "application/x-www-form-urlencoded");
    return new Incoming(
        Origin.LIVE,
        "POST",
        plain ? "/payments" : wish.invoice() ? "/v1/invoices/in_abc/pay" : "/v1/payment_intents",
        wish.key().map(key -> fields.plus("Idempotency-Key", key)).orElse(fields),
        wish.streamed()
            ? new RequestBody.Streamed(new ByteArrayInputStream(body), OptionalLong.of(body.length))
            : new RequestBody.Whole(body, false),
        wish.streamed()
            ? new CapturedBody(new byte[0], body.length, false)
            : new CapturedBody(body, body.length, true));
  }

  private static Optional<Money> told(Reply reply) {
    return switch (reply) {
      case Reply.Whole whole ->
          Optional.of(whole.earlier().map(Reply.Earlier::money).orElse(whole.verdict().money()));
      case Reply.Lost lost ->
          Optional.of(lost.earlier().map(Reply.Earlier::money).orElse(lost.verdict().money()));
      case Reply.Refused refused -> Optional.of(refused.money());
      case Reply.Unrouted unrouted -> Optional.of(unrouted.verdict().money());
      case Reply.Unrecorded unrecorded -> Optional.of(unrecorded.verdict().money());
      case Reply.Streamed _ -> Optional.empty();
    };
  }
}
