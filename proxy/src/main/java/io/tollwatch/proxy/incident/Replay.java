package io.tollwatch.proxy.incident;

import io.tollwatch.exchange.BreakerState;
import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.fixtures.gateway.StripeEvent;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.fixtures.incident.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plays an incident twice at the same time, with a sidecar and without one, for the same
/// customers. Confined to one thread, but for the news.
public final class Replay implements AutoCloseable {

  /// Where the ledger is, below the folder that was given.
  public static final String LEDGER = "ledger";

  /// At this speed and below a machine's own milliseconds do not count as slow calls.
  private static final int GENTLE = 60;

  private static final String PATIENT = "slow-after: 1m, slow-multiple: 1000";

  private static final int WARM_UP = 30;

  /// By the machine, if it is not too busy: more would keep it too busy.
  private static final Duration BETWEEN_CUSTOMERS = Duration.ofMillis(100);

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int STEPS = 500;
  private static final int LOOK_EVERY = 5;

  /// Published test numbers: of ten customers five have a Visa, three a Mastercard, two a Discover.
  private static final List<String> CARDS =
      List.of(
          "4242424242424242",
          "5555555555554444",
          "4242424242424242",
          "6011111111111117",
          "4242424242424242",
          "5555555555554444",
          "4242424242424242",
          "6011111111111117",
          "4242424242424242",
          "5555555555554444");

  private final Incident incident;
  private final FastTime time;
  private final Pause pause = new Pause();
  private final Consumer<News> news;
  private final WithTollwatch with;
  private final Without without;
  private int customers;

  /// What there is to tell while it runs.
  public sealed interface News {}

  /// A phase begins.
  public record Began(Instant at, Phase phase) implements News {}

  /// A breaker of the first gateway changed.
  ///
  /// @param breaker the card brand that it is for, or the operation
  public record Turn(Instant at, String breaker, BreakerState from, BreakerState to, String reason)
      implements News {}

  /// A phase ends.
  public record Ended(Instant at, Phase phase, int customers, int open) implements News {}

  /// What came of it.
  public record Comparison(Score with, Score without) {}

  private Replay(
      Incident incident, FastTime time, Consumer<News> news, WithTollwatch with, Without without) {
    this.incident = incident;
    this.time = time;
    this.news = news;
    this.with = with;
    this.without = without;
  }

  /// Starts the gateways, the sidecar and the shops.
  ///
  /// @param data where the sidecar keeps its configuration and ledger
  /// @param settings of its breakers that are not the usual ones, in flow style, such as
  ///   `max-open-time: 1m`
  /// @param news is told what happens; changes of breakers on threads of the sidecar
  /// @throws IOException if the sidecar can't start, with one sentence for people
  public static Replay start(Incident incident, Path data, String settings, Consumer<News> news)
      throws IOException {
    FastTime time = new FastTime(incident.begins(), incident.factor());
    String all =
        Stream.of(settings, incident.factor() > GENTLE ? PATIENT : "")
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(", "));
    return new Replay(
        incident,
        time,
        news,
        WithTollwatch.open(incident, data, all, time, news::accept),
        Without.open(incident, time));
  }

  /// Plays it.
  public Comparison run() throws IOException, InterruptedException {
    warmUp();
    time.hasten();
    Instant from = time.now();
    Instant worse = Instant.MAX;
    Instant well = from;
    List<Phase> phases = incident.phases();
    for (Phase phase : phases) {
      with.gateways().begin(phase);
      without.gateways().begin(phase);
      Instant begun = time.now();
      if (phase.bad() && worse.equals(Instant.MAX)) {
        worse = begun;
      }
      news.accept(new Began(begun, phase));
      boolean last = phase.equals(phases.getLast());
      int before = customers;
      live(phase, begun.plus(phase.length()), last);
      news.accept(new Ended(time.now(), phase, customers - before, with.shop().open()));
      if (phase.bad()) {
        well = time.now();
      }
      end(phase);
    }
    with.gateways().begin(phases.getLast());
    boolean _ = with.shop().awaitAll(pause, STEP, STEPS);
    boolean _ = without.shop().awaitAll(pause, STEP, STEPS);
    return new Comparison(with.score(from, worse, well), without.score());
  }

  /// The first calls of a program are its slowest, which fast time would turn into minutes.
  private void warmUp() {
    for (int i = 0; i < WARM_UP; i++) {
      String card = CARDS.get(i % CARDS.size());
      with.shop().warmUp(i, card, time);
      without.shop().warmUp(i, card, time);
    }
  }

  private void live(Phase phase, Instant until, boolean last)
      throws IOException, InterruptedException {
    int round = 0;
    while (time.now().isBefore(until) && !(last && round % LOOK_EVERY == 1 && isOver(round))) {
      String card = CARDS.get(customers % CARDS.size());
      with.shop().serve(customers, card, time, phase.bad());
      without.shop().serve(customers, card, time, phase.bad());
      customers++;
      round++;
      boolean _ = time.lasts(BETWEEN_CUSTOMERS.multipliedBy(time.factor()), pause);
    }
  }

  /// Customers who have just come are not waited for.
  private boolean isOver(int round) throws IOException, InterruptedException {
    return round > LOOK_EVERY && with.isWell();
  }

  private void end(Phase phase) throws IOException, InterruptedException {
    List<StripeEvent> events = with.gateways().end(phase);
    without.gateways().end(phase);
    if (!events.isEmpty()) {
      with.gateways().begin(incident.phases().getLast());
      with.relay(events);
    }
  }

  @Override
  public void close() {
    pause.close();
    with.close();
    without.close();
    time.close();
  }
}
