package io.tollwatch.proxy;

import io.tollwatch.checks.run.Gateway;
import io.tollwatch.checks.run.Reach;
import io.tollwatch.checks.script.Destination;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.proxy.config.AddressRange;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.LedgerConfig;
import io.tollwatch.proxy.config.Machine;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.ReconcileConfig;
import io.tollwatch.proxy.egress.AdviceDesk;
import io.tollwatch.proxy.egress.EgressHandler;
import io.tollwatch.proxy.egress.EgressListener;
import io.tollwatch.proxy.egress.LastResort;
import io.tollwatch.proxy.egress.OnDemand;
import io.tollwatch.proxy.egress.Overload;
import io.tollwatch.proxy.egress.Places;
import io.tollwatch.proxy.egress.Providers;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.proxy.http1.Http1Handler;
import io.tollwatch.proxy.http1.Http1Listener;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.Securing;
import io.tollwatch.proxy.http1.ServerExchange;
import io.tollwatch.routing.Channel;
import io.tollwatch.wire.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// The providers and egress listeners in force, and how they change. A configuration is taken whole
/// or not at all. Thread-safe.
final class Egress implements AutoCloseable {

  /// The name of the listener that all providers share.
  static final String MAIN = "egress";

  private static final int CAPTURE_LIMIT = 64 << 10;

  private final ProviderFactory factory;
  private final Dispatcher dispatcher;
  private final Places places;
  private final Overload overload;
  private final AdviceDesk advice;
  private final DoorTls tls;
  private final SystemTime time;
  private final AtomicReference<Providers> providers =
      new AtomicReference<>(new Providers(Map.of(), Set.of(), Map.of(), Map.of()));
  private volatile Map<String, Door> doors = Map.of();
  private volatile Map<String, ProviderConfig> configured = Map.of();
  private volatile Optional<Configuration> inForce = Optional.empty();

  Egress(
      ProviderFactory factory,
      Dispatcher dispatcher,
      Places places,
      Overload overload,
      AdviceDesk advice,
      DoorTls tls,
      SystemTime time) {
    this.factory = factory;
    this.dispatcher = dispatcher;
    this.places = places;
    this.overload = overload;
    this.advice = advice;
    this.tls = tls;
    this.time = time;
  }

  /// A listener that is open. What answers its requests can change while it is.
  ///
  /// @param grace how long running calls may take when it is closed
  private record Door(
      DoorPlan plan,
      Http1Listener listener,
      URI address,
      AtomicReference<Http1Handler> handler,
      Duration grace) {

    void close() {
      listener.stop(grace);
    }
  }

  /// Puts a configuration in force.
  ///
  /// @return what is wrong; empty if it is in force
  synchronized Optional<String> apply(Configuration next) {
    Optional<String> fixed = inForce.flatMap(now -> Fixed.changed(now, next));
    if (fixed.isPresent()) {
      return fixed;
    }
    CountDownLatch inForceNow = new CountDownLatch(1);
    try {
      return openAndSwap(next, inForceNow);
    } finally {
      inForceNow.countDown();
    }
  }

  private Optional<String> openAndSwap(Configuration next, CountDownLatch inForceNow) {
    Map<String, DoorPlan> plans = DoorPlan.of(next);
    Map<String, Door> opened = new TreeMap<>();
    for (Map.Entry<String, DoorPlan> plan : plans.entrySet()) {
      Door known = doors.get(plan.getKey());
      if (known != null && known.plan().samePlace(plan.getValue())) {
        continue;
      }
      Opened opening = new Opened(opened, inForceNow);
      Optional<String> trouble = open(plan.getKey(), plan.getValue(), next, opening);
      if (trouble.isPresent()) {
        opened.values().forEach(Door::close);
        return trouble;
      }
    }
    swap(next, plans, opened);
    return Optional.empty();
  }

  /// The doors that are being opened for a configuration, and when it is in force: until then their
  /// callers wait, for the providers that they ask for are not there yet.
  private record Opened(Map<String, Door> doors, CountDownLatch inForce) {}

  /// Makes those providers ready that the configuration tells something of: they are the ones that
  /// will be called.
  void warmUp() {
    Map<String, OnDemand> known = providers.get().byName();
    List<OnDemand> told = new ArrayList<>();
    inForce.ifPresent(now ->
        now.told().forEach(name -> Optional.ofNullable(known.get(name)).ifPresent(told::add)));
    var _ = WarmUp.start(told);
  }

  /// Where the listeners listen, by name.
  Map<String, URI> addresses() {
    Map<String, URI> addresses = new TreeMap<>();
    doors.forEach((name, door) -> addresses.put(name, door.address()));
    return addresses;
  }

  /// The providers' configuration in force, by name.
  Map<String, ProviderConfig> configured() {
    return configured;
  }

  /// The channels in force, by name.
  Map<String, Channel> channels() {
    return providers.get().channels();
  }

  /// A provider in force, ready to be called.
  Optional<Provider> provider(String name) {
    return Optional.ofNullable(providers.get().byName().get(name)).map(OnDemand::get);
  }

  /// A provider in force, as checks call it.
  private Optional<Gateway> gateway(String name) {
    Optional<ProviderConfig> config = Optional.ofNullable(configured.get(name));
    int limit =
        inForce.map(now -> Math.toIntExact(now.captureLimit().bytes())).orElse(CAPTURE_LIMIT);
    return config.flatMap(
        known -> provider(name).map(provider -> factory.gateway(known, provider, limit)));
  }

  /// What a check can reach by going there; empty if that is not in force.
  Optional<Reach> reach(Destination to) {
    return switch (to) {
      case Destination.OfProvider(String name) -> gateway(name).map(Reach::of);
      case Destination.OfChannel(String name) ->
          Optional.ofNullable(channels().get(name)).map(this::reach);
    };
  }

  private Reach reach(Channel channel) {
    return Reach.through(
        channel, channel.providers().stream().map(name -> gateway(name).orElseThrow()).toList());
  }

  /// How that provider is asked about payments in doubt.
  ReconcileConfig reconcileAt(ProviderConfig provider) {
    return inForce.map(now -> now.reconcileAt(provider)).orElseGet(ReconcileConfig::defaults);
  }

  /// How long what is recorded is kept.
  LedgerConfig keeping() {
    return inForce.map(Configuration::ledger).orElseGet(LedgerConfig::defaults);
  }

  /// Lets no new connections in and waits for running calls; breaks those that take too long.
  void drain(Watchdog watchdog, Duration afterCut) {
    Duration limit = inForce.map(Configuration::drain).orElse(Duration.ZERO);
    advice.close();
    List<Thread> stopping = new ArrayList<>();
    doors.values().forEach(door -> stopping.add(Thread.ofVirtual().start(door::close)));
    long deadline = time.nanos().getAsLong() + limit.toNanos();
    joinAll(stopping, deadline);
    watchdog.breakAll();
    joinAll(stopping, time.nanos().getAsLong() + afterCut.toNanos());
  }

  @Override
  public void close() {
    providers.get().byName().values().forEach(OnDemand::close);
  }

  /// Whether an address may call; any may where no range is configured.
  static Predicate<InetAddress> from(List<AddressRange> ranges) {
    return ranges.isEmpty()
        ? _ -> true
        : address -> ranges.stream().anyMatch(range -> range.contains(address));
  }

  private Optional<String> open(String name, DoorPlan plan, Configuration next, Opened opened) {
    Securing securing = Securing.none();
    if (plan.tls()) {
      switch (tls.make(plan, DoorPlan.tlsHosts(next))) {
        case DoorTls.Made.Ready ready -> securing = ready.tls()::over;
        case DoorTls.Made.Unusable unusable -> {
          return Optional.of(unusable.reason());
        }
      }
    }
    AtomicReference<Http1Handler> handler =
        new AtomicReference<>(new Waiting(opened.inForce(), handler(plan, next)));
    Http1Listener.Bounds bounds =
        new Http1Listener.Bounds(
            next.egress().maxHeaderBytes(),
            Machine.ofProcess().clients(next),
            next.egress().idleTimeout());
    try {
      Http1Listener listener =
          Http1Listener.open(
              name, plan.address(), securing, new Current(handler), bounds, time.nanos());
      URI address = Sidecar.uri(plan.tls() ? "https" : "http", listener.address());
      Duration grace = next.drain().plusSeconds(5);
      opened.doors().put(name, new Door(plan, listener, address, handler, grace));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Listeners.reason(name, plan.address(), e));
    }
  }

  private void swap(Configuration next, Map<String, DoorPlan> plans, Map<String, Door> opened) {
    Map<String, OnDemand> replaced = makeProviders(next);
    Map<String, Door> kept = new TreeMap<>(opened);
    Set<Door> left = new HashSet<>(doors.values());
    for (Map.Entry<String, DoorPlan> plan : plans.entrySet()) {
      Door known = doors.get(plan.getKey());
      if (known != null && !opened.containsKey(plan.getKey())) {
        left.remove(known);
        known.handler().set(handler(plan.getValue(), next));
        kept.put(
            plan.getKey(),
            new Door(
                plan.getValue(),
                known.listener(),
                known.address(),
                known.handler(),
                known.grace()));
      }
    }
    inForce = Optional.of(next);
    configured = Map.copyOf(next.providers());
    doors = kept;
    replaced.values().forEach(OnDemand::retire);
    left.forEach(door -> Thread.ofVirtual().start(door::close));
  }

  /// Makes the new providers and puts them in force. Unchanged ones stay, with their connections.
  /// Gives those that are no longer in force.
  private Map<String, OnDemand> makeProviders(Configuration next) {
    Map<String, OnDemand> old = new HashMap<>(providers.get().byName());
    Map<String, OnDemand> made = new HashMap<>();
    Set<String> needToken = new HashSet<>();
    int limit = Math.toIntExact(next.captureLimit().bytes());
    next.providers()
        .forEach((name, config) -> {
          OnDemand known = unchanged(config, next) ? old.remove(name) : null;
          made.put(
              name,
              known == null
                  ? factory.onDemand(config, next.profiles(), limit, channelOf(name, next))
                  : known);
          if (config.requireClientToken()) {
            needToken.add(name);
          }
        });
    providers.set(new Providers(made, needToken, next.incomplete(), next.channels()));
    return old;
  }

  private boolean unchanged(ProviderConfig config, Configuration next) {
    return config.equals(configured.get(config.name()))
        && inForce
            .filter(now -> now.captureLimit().equals(next.captureLimit()))
            .filter(now -> channelOf(config.name(), now).equals(channelOf(config.name(), next)))
            .filter(now -> now.profiles().same(config.profile(), next.profiles()))
            .isPresent();
  }

  private static Optional<String> channelOf(String provider, Configuration configuration) {
    return configuration.channelOf(provider).map(Channel::name);
  }

  private Http1Handler handler(DoorPlan plan, Configuration next) {
    EgressListener listener = plan.listener(next);
    return new LastResort(
        new EgressHandler(
            listener,
            providers::get,
            dispatcher,
            places,
            overload,
            advice,
            Math.toIntExact(next.captureLimit().bytes())));
  }

  private void joinAll(List<Thread> threads, long deadlineNanos) {
    try {
      for (Thread thread : threads) {
        long left = deadlineNanos - time.nanos().getAsLong();
        thread.join(Duration.ofNanos(Math.max(1, left)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets the first callers of a door wait until the configuration that opened it is in force.
  private record Waiting(CountDownLatch inForce, Http1Handler then) implements Http1Handler {

    @Override
    public void handle(ServerExchange exchange) throws IOException {
      try {
        inForce.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        exchange.answer().closeAfter();
        return;
      }
      then.handle(exchange);
    }

    @Override
    public void refuse(Refused refused, AnswerWriter answer) throws IOException {
      then.refuse(refused, answer);
    }
  }

  /// Hands each request to the handler in force.
  private record Current(AtomicReference<Http1Handler> handler) implements Http1Handler {

    @Override
    public void handle(ServerExchange exchange) throws IOException {
      handler.get().handle(exchange);
    }

    @Override
    public void refuse(Refused refused, AnswerWriter answer) throws IOException {
      handler.get().refuse(refused, answer);
    }
  }
}
