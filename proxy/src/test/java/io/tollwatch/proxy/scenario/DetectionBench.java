package io.tollwatch.proxy.scenario;

import io.tollwatch.exchange.BreakerState;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.fault.Weather;
import io.tollwatch.fixtures.gateway.FakeStripe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// How long it takes until new payments are at the healthy provider, in real time on real sockets:
/// a whole sidecar with its usual settings in a process and on a core of its own, a channel of two
/// fake gateways, 100 payments a second. For `proxy/bench/detection.sh`.
final class DetectionBench {

  private static final int A_SECOND = 100;
  private static final Duration BETWEEN = Duration.ofSeconds(1).dividedBy(A_SECOND);

  /// A cold JVM does not keep up with the first calls: it is warm once all of a second's calls were
  /// answered within [#PROMPT], by the first provider: none comes back from an outage that the cold
  /// time made. What is left over of that time would else be taken for a part of the outage.
  private static final Duration PROMPT = Duration.ofMillis(200);

  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(20);
  private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);
  private static final Duration OUTAGE = Duration.ofSeconds(15);

  /// Of so many payments in a row 99 of 100 must be at the other provider.
  private static final int IN_A_ROW = 200;

  private static final String VISA = "4242424242424242";
  private static final String NO_FUNDS = "4000000000009995";

  private final FakeStripe first = FakeStripe.start();
  private final FakeStripe second = FakeStripe.start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Pause pause = new Pause();
  private final Queue<Paid> paid = new ConcurrentLinkedQueue<>();
  private final SplittableRandom random = new SplittableRandom(20261126);
  private final ChildSidecar sidecar;
  private int number;

  /// How many calls are not answered yet.
  private final AtomicInteger underWay = new AtomicInteger();

  /// How many answers of this second took longer than [#PROMPT].
  private final AtomicInteger late = new AtomicInteger();

  /// Where a payment went.
  private record Paid(long startedNanos, String provider) {}

  private DetectionBench(Path folder) throws Exception {
    Files.writeString(
        folder.resolve("tollwatch.yaml"),
        """
        data: "%s"
        egress: {port: 0}
        admin: {port: 0}
        drain: 1s
        providers:
          first: {profile: stripe, url: "%s", headers: {Authorization: {env: KEY, prefix: "Bearer "}}}
          second: {profile: stripe, url: "%s", headers: {Authorization: {env: KEY, prefix: "Bearer "}}}
        channels:
          card: {providers: [first, second]}
        """
            .formatted(folder.resolve("data"), first.url(), second.url()));
    this.sidecar =
        ChildSidecar.start(
            List.of("proxy/bin/tollwatch"), folder, Map.of("KEY", "sk_test_ofTheBench"));
    sidecar.pin(0);
  }

  private long opened() {
    return sidecar.printed("\"to\":\"" + BreakerState.OPEN.word() + "\"");
  }

  /// Prints how long it took, in seconds; of `declines` how often a breaker opened.
  ///
  /// @param arguments what goes wrong: `refused`, `reset`, `failing`, `silent`, `brown-out` or
  ///   `declines`; of the last one for how many seconds
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("tollwatch-detection-");
    DetectionBench bench = new DetectionBench(folder);
    System.out.println(
        arguments[0].equals("declines")
            ? bench.declines(Duration.ofSeconds(Long.parseLong(arguments[1])))
            : bench.outage(arguments[0]));
    bench.sidecar.close();
    System.exit(0);
  }

  private String outage(String kind) {
    warmUp();
    paid.clear();
    if (kind.equals("refused")) {
      first.close(); // takes its time
    } else {
      first.faults().weather(weather(kind));
    }
    long begun = System.nanoTime();
    pay(OUTAGE, _ -> VISA);
    List<Paid> all =
        paid.stream().sorted((a, b) -> Long.compare(a.startedNanos(), b.startedNanos())).toList();
    for (int from = 0; from + IN_A_ROW <= all.size(); from++) {
      long elsewhere =
          all.subList(from, from + IN_A_ROW).stream()
              .filter(each -> each.provider().equals("second"))
              .count();
      if (elsewhere * 100 >= IN_A_ROW * 99L) {
        return "%.2f".formatted((all.get(from).startedNanos() - begun) / 1e9);
      }
    }
    return "never";
  }

  private Weather weather(String kind) {
    List<Mishap> mishaps =
        switch (kind) {
          case "reset" -> List.of(Fault.reset().at(Moment.RECEIVED));
          case "failing" -> List.of(Fault.status(503).at(Moment.RECEIVED));
          case "silent" -> List.of(Fault.stall().at(Moment.RECEIVED));
          case "brown-out" -> List.of(Fault.status(503).at(Moment.RECEIVED));
          default -> throw new IllegalArgumentException(kind);
        };
    int percent = kind.equals("brown-out") ? 30 : 100;
    return (_, _) -> draw() < percent ? mishaps : List.of();
  }

  private synchronized int draw() {
    return random.nextInt(100);
  }

  /// Pays until the last second's calls were each answered at once.
  private void warmUp() {
    long begun = System.nanoTime();
    boolean warm = false;
    while (!warm || elapsed(begun).compareTo(LEAST_WARM_UP) < 0) {
      if (elapsed(begun).compareTo(LONGEST_WARM_UP) > 0) {
        System.err.println(
            "not warm after " + LONGEST_WARM_UP.toSeconds() + " s: the figure is of a cold JVM");
        return;
      }
      late.set(0);
      paid.clear();
      pay(Duration.ofSeconds(1), _ -> VISA);
      boolean _ = pause.lasts(PROMPT); // the last call has that long, too
      warm =
          late.get() == 0
              && underWay.get() == 0
              && paid.stream().allMatch(each -> each.provider().equals("first"));
    }
  }

  private static Duration elapsed(long sinceNanos) {
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  private String declines(Duration length) {
    warmUp();
    int before = number;
    long openedBefore = opened();
    pay(length, n -> n % 5 == 0 ? NO_FUNDS : VISA);
    return "%d opened in %d payments".formatted(opened() - openedBefore, number - before);
  }

  private void pay(Duration length, java.util.function.IntFunction<String> card) {
    long begun = System.nanoTime();
    long due = begun;
    while (System.nanoTime() - begun < length.toNanos()) {
      send(number, card.apply(number));
      number++;
      due += BETWEEN.toNanos();
      long left = due - System.nanoTime();
      boolean _ = left <= 0 || pause.lasts(Duration.ofNanos(left));
    }
  }

  private void send(int order, String card) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sidecar.url("card") + "/v1/payment_intents"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Idempotency-Key", "bench-" + order)
            .POST(
                BodyPublishers.ofString(
                    ("amount=1000&currency=eur&confirm=true&payment_method_data[type]=card"
                            + "&payment_method_data[card][number]=%s&metadata[order_id]=bench-%d")
                        .formatted(card, order)))
            .build();
    long started = System.nanoTime();
    Paid lost = new Paid(started, "first");
    paid.add(lost);
    underWay.incrementAndGet();
    CompletableFuture<?> _ =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .whenComplete((_, _) -> {
              underWay.decrementAndGet();
              if (elapsed(started).compareTo(PROMPT) > 0) {
                late.incrementAndGet();
              }
            })
            .thenAccept(answer -> {
              if (answer.headers().firstValue("Tollwatch-Provider").orElse("").equals("second")) {
                paid.remove(lost);
                paid.add(new Paid(started, "second"));
              }
            });
  }
}
