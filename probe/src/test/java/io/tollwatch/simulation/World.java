package io.tollwatch.simulation;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.health.Order;
import io.tollwatch.profile.Profiles;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Strategy;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.wire.CallerWatch;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A world that a seed makes: gateways, a sidecar that is killed now and then, clients that pay and
/// repeat. All that happens in it follows from the seed.
final class World implements Memory.Onlooker {

  /// The call that an actor makes, on its own thread.
  private static final ThreadLocal<@Nullable Call> CALLING = new ThreadLocal<>();

  static final String CARD = "card";
  static final String WALLET = "wallet";

  /// Bounds a play that would not end.
  private static final int STEPS = 200_000;

  /// Bounds the looks after a play's end.
  private static final int ROUNDS = 1_000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  final List<Call> calls = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final List<CountedHealth.Counted> permits = new ArrayList<>();
  final Map<String, Intended> intents = new HashMap<>();
  final List<Gateway> gateways;

  /// Whose exchange it is, and where it was to go.
  ///
  /// @param tick when it was claimed, or refused
  record Intended(Call call, String provider, long tick) {}

  private final Stage stage;
  private final Random chance;
  private final Weather weather;
  private final Mutation mutation;
  private final Profiles profiles;
  private final Map<String, Channel> channels = new HashMap<>();
  private Sidecar sidecar;
  private int clients;
  private int steps;
  private long restarts;

  /// A world at its beginning.
  World(long seed, Weather weather, Mutation mutation, Profiles profiles) {
    this.chance = new Random(seed);
    this.stage = new Stage(chance);
    this.weather = weather;
    this.mutation = mutation;
    this.profiles = profiles;
    this.gateways =
        List.of(
            gateway("stripe-a", false),
            gateway("stripe-b", false),
            gateway("stripe-c", false),
            gateway("plain-a", true),
            gateway("plain-b", true));
    configure();
    this.sidecar = born();
  }

  private Gateway gateway(String name, boolean plain) {
    return new Gateway(name, plain, stage, chance, weather, this::call);
  }

  private Call call() {
    return Objects.requireNonNull(CALLING.get());
  }

  /// What happened, as text.
  List<String> story() {
    List<String> story = new ArrayList<>();
    for (Call call : calls) {
      story.add(call.toString());
      call.legs.forEach(leg ->
          story.add(
              "%s %s %s %d %d"
                  .formatted(
                      leg.exchange, leg.gateway.name, leg.fault, leg.claimTick, leg.sentNanos)));
    }
    entries.stream().filter(Resolution.class::isInstance).forEach(each -> story.add(each + ""));
    return story;
  }

  int clients() {
    return clients;
  }

  long restarts() {
    return restarts;
  }

  Sidecar sidecar() {
    return sidecar;
  }

  private Sidecar born() {
    return new Sidecar(stage, chance, mutation, profiles, gateways, entries, permits, this);
  }

  @Override
  public void intends(Intent intent) {
    Call call = CALLING.get();
    if (call != null) {
      if (call.legs.isEmpty()) {
        call.claimTick = stage.tick();
      }
      call.exchange = intent.id();
      intents.put(intent.id(), new Intended(call, intent.provider(), call.claimTick));
    }
  }

  @Override
  public void ends() {
    Call call = CALLING.get();
    if (call != null && !call.legs.isEmpty()) {
      call.claimTick = stage.tick();
    }
  }

  /// New channels, as after a reload.
  private void configure() {
    channels.put(CARD, channel(CARD, "stripe-a", "stripe-b", "stripe-c"));
    channels.put(WALLET, channel(WALLET, "plain-a", "plain-b"));
  }

  private Channel channel(String name, String... all) {
    List<String> providers = new ArrayList<>(List.of(all));
    Collections.shuffle(providers, chance);
    if (chance.nextInt(4) == 0) {
      providers.removeLast();
    }
    return new Channel(
        name,
        providers,
        new Strategy.Ordered(),
        Duration.ofSeconds(chance.nextBoolean() ? 60 : 10),
        1 + chance.nextInt(3),
        0.2,
        chance.nextInt(8) == 0,
        chance.nextInt(3) > 0,
        chance.nextBoolean() ? Channel.SameReference.REFUSE : Channel.SameReference.FORWARD);
  }

  /// Plays to the end, and for as long after it as it takes to find out about all doubts.
  void play() {
    clients = 1 + chance.nextInt(weather.clients());
    int orders = 1 + chance.nextInt(clients);
    for (int i = 0; i < clients; i++) {
      String channel = chance.nextInt(3) == 0 ? WALLET : CARD;
      Client client = new Client(channel, chance.nextInt(orders));
      stage.enter(client::play);
    }
    stage.play(this::step);
    recover();
  }

  private void step() {
    if (++steps > STEPS) {
      throw new AssertionError("no end");
    }
    if (chance.nextInt(1000) < weather.upheaval()) {
      upheaval();
    }
  }

  private void upheaval() {
    switch (chance.nextInt(6)) {
      case 0 -> {
        sidecar.life.kill();
        restarts++;
        sidecar = born();
      }
      case 1 -> stage.jump(jump());
      case 2 -> order();
      case 3 -> configure();
      case 4 -> look();
      default -> {
        Gateway gateway = gateways.get(chance.nextInt(gateways.size()));
        gateway.sick = !gateway.sick;
      }
    }
  }

  /// By up to an hour, back or forth.
  private Duration jump() {
    return Duration.ofSeconds(chance.nextInt(7200) - 3600L);
  }

  private void order() {
    String provider = gateways.get(chance.nextInt(gateways.size())).name;
    BreakerState state =
        List.of(BreakerState.FORCED_OPEN, BreakerState.FORCED_CLOSED, BreakerState.OBSERVE_ONLY)
            .get(chance.nextInt(3));
    Order.Given given =
        Order.of(state, "drill", "ada", Optional.of(Duration.ofMinutes(2)), sidecar.board.now());
    sidecar.board.order(provider, Optional.empty(), ((Order.Given.Right) given).order());
  }

  private void look() {
    Sidecar now = sidecar;
    stage.enter(() -> Sidecar.untilKilled(now.reconciler::round));
  }

  /// All gateways are well, and everything is asked until there is nothing left to ask.
  private void recover() {
    gateways.forEach(gateway -> gateway.sick = false);
    Optional<Duration> next = untilNextLook();
    for (int round = 0; round < ROUNDS && next.isPresent(); round++) {
      stage.pass(next.get());
      look();
      stage.play(() -> {});
      next = untilNextLook();
    }
  }

  private Optional<Duration> untilNextLook() {
    return sidecar.doubts.list().stream()
        .flatMap(doubt -> doubt.nextLook().stream())
        .min(Comparator.naturalOrder())
        .map(look -> Duration.between(stage.wall(), look))
        .map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
  }

  /// Somebody who pays for an order, and repeats.
  private final class Client {
    private final String channel;
    private final String order;
    private int keys;

    Client(String channel, int number) {
      this.channel = channel;
      this.order = channel + "-" + (char) ('a' + number % 26);
    }

    void play() {
      int count = 1 + chance.nextInt(weather.calls());
      for (int i = 0; i < count; i++) {
        Optional<Money> told = make(wish());
        if (told.equals(Optional.of(Money.SUCCEEDED)) && chance.nextInt(4) > 0) {
          return;
        }
        stage.pause(weather.patient() ? Duration.ofMillis(chance.nextInt(40_000)) : Duration.ZERO);
      }
    }

    private Call.Wish wish() {
      int kind = chance.nextInt(20);
      boolean bare = kind == 4 || kind == 19;
      String name = order + (bare ? "-bare" : "-key");
      Optional<String> key = Optional.of(name + (kind < 4 ? ++keys : 0));
      boolean odd = chance.nextInt(100) < weather.odd();
      int oddity = odd ? chance.nextInt(4) : -1;
      return new Call.Wish(
          channel,
          oddity == 0 ? Optional.of(anyProvider()) : Optional.empty(),
          kind >= 17 ? Optional.empty() : key,
          bare ? Optional.empty() : Optional.of("order-" + order),
          oddity == 1 && channel.equals(CARD),
          oddity == 2,
          oddity == 3 && channel.equals(CARD));
    }

    private String anyProvider() {
      List<String> names =
          gateways.stream()
              .filter(each -> each.plain == channel.equals(WALLET))
              .map(each -> each.name)
              .toList();
      return names.get(chance.nextInt(names.size()));
    }

    /// Makes a call. Gives what the client is told of the money; empty if nobody told it anything.
    private Optional<Money> make(Call.Wish wish) {
      Call call =
          new Call(calls.size(), wish, Objects.requireNonNull(channels.get(wish.channel())));
      calls.add(call);
      call.beganTick = stage.tick();
      call.beganNanos = stage.nanos();
      CALLING.set(call);
      try {
        call.told = told(dispatched(sidecar, call));
      } catch (Killed killed) {
        call.told = Optional.empty();
      } finally {
        CALLING.remove();
        call.toldTick = stage.tick();
      }
      return call.told;
    }

    private Reply dispatched(Sidecar now, Call call) {
      Incoming incoming = incoming(call.wish);
      CallerWatch watch = new CallerWatch();
      return call.wish.direct().isPresent()
          ? now.dispatcher.dispatch(
              now.provider(call.wish.direct().get()), incoming, (_, _, _) -> streamed(call), watch)
          : now.dispatcher.dispatch(
              now.members(call.channel), incoming, (_, _, _) -> streamed(call), watch);
    }

    private OutputStream streamed(Call call) {
      call.streamed();
      return OutputStream.nullOutputStream();
    }
  }

  private static Incoming incoming(Call.Wish wish) {
    boolean plain = wish.channel().equals(WALLET);
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
