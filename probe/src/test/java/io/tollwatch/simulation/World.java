package io.tollwatch.simulation;

import io.tollwatch.exchange.BreakerState;
import io.tollwatch.exchange.Entry;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.health.Order;
import io.tollwatch.profile.Profiles;
import io.tollwatch.routing.CanarySettings;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.Strategy;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A world that a seed makes: gateways, a sidecar that is killed now and then, clients that pay and
/// repeat. All that happens in it follows from the seed.
final class World implements Memory.Onlooker, Gateway.Guest {

  /// The call that an actor makes, on its own thread.
  private static final ThreadLocal<@Nullable Call> CALLING = new ThreadLocal<>();

  static final String CARD = "card";
  static final String WALLET = "wallet";

  /// Bounds a play that would not end.
  private static final int STEPS = 200_000;

  /// Bounds the looks after a play's end.
  private static final int ROUNDS = 1_000;

  static final Duration DAY = Duration.ofDays(1);

  /// How long clients wait between their calls: some come again when a cancel is due.
  private static final List<Duration> PATIENCES =
      List.of(Duration.ofSeconds(40), Duration.ofSeconds(40), Duration.ofMinutes(20), DAY);

  /// Within that time what is to be cancelled is, in so many rounds.
  private static final Duration LONGEST_CANCEL = Duration.ofHours(3);

  private static final int CANCELS = 12;

  private static final List<Ending> ENDINGS = List.copyOf(EnumSet.allOf(Ending.class));

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  final List<Call> calls = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final List<CountedHealth.Counted> permits = new ArrayList<>();
  final Map<String, Intended> intents = new LinkedHashMap<>();
  final Map<String, Long> ends = new HashMap<>();
  final List<Gateway> gateways;

  /// Whose exchange it is, and where it was to go.
  ///
  /// @param tick when it was claimed, or refused
  record Intended(Call call, String provider, long tick) {}

  final Stage stage;
  final Random chance;
  final Weather weather;
  final List<FollowUp> followUps = new ArrayList<>();
  private final boolean relays;
  private final Mutation mutation;
  private final Profiles profiles;
  private final Map<String, Channel> channels = new HashMap<>();
  private final IdentityHashMap<Resolution, Long> resolutions = new IdentityHashMap<>();
  private final Duration patience;
  private final Set<String> cancelling = new HashSet<>();
  private Sidecar sidecar;
  private int clients;
  private int playing;
  private int steps;
  private long restarts;

  /// A world at its beginning.
  World(long seed, Weather weather, Mutation mutation, Profiles profiles) {
    this.chance = new Random(seed);
    this.stage = new Stage(chance);
    this.weather = weather;
    this.relays = weather.relays() && chance.nextBoolean();
    this.mutation = mutation;
    this.patience = weather.returns() ? DAY : PATIENCES.get(chance.nextInt(PATIENCES.size()));
    this.profiles = profiles;
    Ending ending = ENDINGS.get(chance.nextInt(ENDINGS.size()));
    this.gateways =
        List.of(
            gateway("stripe-a", false, Ending.NONE),
            gateway("stripe-b", false, Ending.NONE),
            gateway("stripe-c", false, Ending.NONE),
            gateway("plain-a", true, ending),
            gateway("plain-b", true, ending));
    gateways.stream()
        .filter(each -> each.ending != Ending.NONE && chance.nextInt(3) > 0)
        .forEach(each -> cancelling.add(each.name));
    configure();
    this.sidecar = born();
  }

  private Gateway gateway(String name, boolean plain, Ending ending) {
    return new Gateway(name, plain, ending, stage, chance, weather, this);
  }

  @Override
  public Call calling() {
    return Objects.requireNonNull(CALLING.get());
  }

  /// The service relays what it hears of a payment: late, twice, or never.
  @Override
  public void entered(Gateway gateway, Charge charge) {
    int times = isTold(gateway, charge) ? chance.nextInt(3) : 0;
    for (int i = 0; i < times; i++) {
      relay(gateway, charge, Duration.ofMillis(chance.nextInt(60_000)));
    }
  }

  /// Whether the gateway sends webhooks of it that the service relays. An invoice has other ones.
  boolean isTold(Gateway gateway, Charge charge) {
    return relays && !gateway.plain && !charge.call.wish.invoice();
  }

  private void relay(Gateway gateway, Charge charge, Duration delay) {
    stage.enter(() -> {
      stage.pause(delay.plusNanos(Math.max(0, charge.settledFrom - stage.nanos())));
      Webhook webhook = Webhook.of(charge, stage.wall());
      Sidecar now = sidecar;
      Sidecar.untilKilled(() -> {
        var _ = now.witness.hear(gateway.name, webhook.fields(), webhook.body());
      });
    });
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
    for (Gateway gateway : gateways) {
      gateway.book.stream()
          .filter(each -> each.state == Charge.State.UNDONE)
          .forEach(each -> story.add("%s undone %d".formatted(each.id, each.undoneTick)));
    }
    for (Entry entry : entries) {
      if (entry instanceof Resolution each) {
        story.add(
            "%s %s %s %s %d"
                .formatted(each.exchange(), each.at(), each.money(), each.by(), tickOf(each)));
      }
    }
    return story;
  }

  Channel channel(String name) {
    return Objects.requireNonNull(channels.get(name));
  }

  /// Plays a part as a call, so that what happens meanwhile is known to be its.
  void as(Call call, Runnable part) {
    CALLING.set(call);
    try {
      part.run();
    } finally {
      CALLING.remove();
      call.toldTick = stage.tick();
    }
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
    return new Sidecar(
        stage, chance, mutation, profiles, gateways, entries, permits, this::cancels, this);
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
      ends.put(call.exchange, call.claimTick);
    }
  }

  @Override
  public void resolves(Resolution resolution) {
    resolutions.put(resolution, stage.tick());
  }

  /// When it was found.
  long tickOf(Resolution resolution) {
    return Objects.requireNonNull(resolutions.get(resolution));
  }

  /// Whether payments in doubt are cancelled at that gateway.
  boolean cancels(String gateway) {
    return cancelling.contains(gateway);
  }

  /// How long clients wait between their calls at most.
  Duration patience() {
    return patience;
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
        strategy(providers),
        Duration.ofSeconds(chance.nextBoolean() ? 60 : 10),
        1 + chance.nextInt(3),
        0.2,
        chance.nextInt(8) == 0,
        chance.nextInt(3) > 0,
        chance.nextBoolean() ? Channel.SameReference.REFUSE : Channel.SameReference.FORWARD,
        chance.nextBoolean(),
        Channel.Sharing.ALONE,
        Set.of(),
        CanarySettings.defaults());
  }

  private Strategy strategy(List<String> providers) {
    Map<String, Integer> weights = new HashMap<>();
    providers.forEach(provider -> weights.put(provider, 1 + chance.nextInt(3)));
    return switch (chance.nextInt(4)) {
      case 0 -> new Strategy.Weighted(weights);
      case 1 -> new Strategy.Sticky(weights);
      default -> new Strategy.Ordered();
    };
  }

  /// Plays to the end, and for as long after it as it takes to find out about all doubts.
  void play() {
    clients = 1 + chance.nextInt(weather.clients());
    int orders = 1 + chance.nextInt(clients);
    for (int i = 0; i < clients; i++) {
      String channel = chance.nextInt(3) == 0 ? WALLET : CARD;
      Client client = new Client(this, channel, chance.nextInt(orders));
      stage.enter(() -> play(client));
    }
    stage.enter(this::lookNowAndThen);
    stage.play(this::step);
    recover();
  }

  private void play(Client client) {
    playing++;
    client.play();
    playing--;
  }

  /// While clients play, what is due is looked at.
  private void lookNowAndThen() {
    stage.pause(Duration.ofSeconds(1));
    while (playing > 0) {
      stage.pause(patience.dividedBy(1 + chance.nextInt(20)));
      look();
    }
  }

  private void step() {
    if (++steps > STEPS) {
      throw new AssertionError("no end");
    }
    if (chance.nextInt(1000) < weather.upheaval()) {
      upheaval();
    }
    if (weather.hasty() && chance.nextInt(20) == 0) {
      say();
    }
  }

  /// Somebody says of a call that runs that it took nothing, without having looked.
  private void say() {
    Set<String> ended = new HashSet<>();
    entries.stream()
        .filter(Outcome.class::isInstance)
        .forEach(entry -> ended.add(((Outcome) entry).id()));
    List<String> running = intents.keySet().stream().filter(id -> !ended.contains(id)).toList();
    if (!running.isEmpty()) {
      String exchange = running.get(chance.nextInt(running.size()));
      String provider = Objects.requireNonNull(intents.get(exchange)).provider();
      var _ = sidecar.doubts.resolveByHand(exchange, provider, Money.REJECTED, "so I guess", "bob");
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

  /// All gateways are well and tell what they have told before, and everything is asked until there
  /// is nothing left to ask.
  private void recover() {
    gateways.forEach(gateway -> gateway.sick = false);
    for (Gateway gateway : gateways) {
      gateway.book.stream()
          .filter(charge -> isTold(gateway, charge))
          .forEach(charge -> relay(gateway, charge, Duration.ZERO));
    }
    stage.play(() -> {});
    if (!cancelling.isEmpty()) {
      lookFor(LONGEST_CANCEL);
    }
    Optional<Duration> next = untilNextLook();
    for (int round = 0; round < ROUNDS && next.isPresent(); round++) {
      stage.pass(next.get());
      look();
      stage.play(() -> {});
      next = untilNextLook();
    }
  }

  /// What is only ended, not asked about, tells no time of its next look.
  private void lookFor(Duration time) {
    for (int round = 0; round < CANCELS; round++) {
      stage.pass(time.dividedBy(CANCELS));
      look();
      stage.play(() -> {});
    }
  }

  private Optional<Duration> untilNextLook() {
    return sidecar.doubts.list().stream()
        .flatMap(doubt -> doubt.nextLook().stream())
        .min(Comparator.naturalOrder())
        .map(look -> Duration.between(stage.wall(), look))
        .map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
  }
}
