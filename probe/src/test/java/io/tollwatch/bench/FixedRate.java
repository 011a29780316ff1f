package io.tollwatch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Pays so many times a second, whatever the answers take, for `proxy/bench/run`. Each time is
/// taken from when the call was due, so a server that stands still is charged for all that it kept
/// waiting. Prints calls a second and the 50th, 99th and 99.9th percentile in microseconds.
final class FixedRate {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Histogram micros = new ConcurrentHistogram(LIMIT.toNanos() / 1_000, 3);
  private final URI url;
  private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

  private FixedRate(URI url) {
    this.url = url;
  }

  /// Runs for a while.
  ///
  /// @param arguments URL, calls a second, seconds, lanes that take turns (each has one call under
  ///   way at most)
  public static void main(String[] arguments) throws Exception {
    FixedRate rate = new FixedRate(URI.create(arguments[0]));
    int perSecond = Integer.parseInt(arguments[1]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
    int lanes = Integer.parseInt(arguments[3]);
    rate.pay(perSecond, WARM_UP, lanes);
    rate.micros.reset();
    rate.pay(perSecond, time, lanes);
    System.out.printf(
        "%.0f %d %d %d%n",
        rate.micros.getTotalCount() / (double) time.toSeconds(),
        rate.micros.getValueAtPercentile(50),
        rate.micros.getValueAtPercentile(99),
        rate.micros.getValueAtPercentile(99.9));
  }

  private void pay(int perSecond, Duration time, int lanes) throws Exception {
    long calls = perSecond * time.toSeconds();
    long step = Duration.ofSeconds(1).toNanos() / perSecond;
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      for (int lane = 0; lane < lanes; lane++) {
        int first = lane;
        running.add(
            threads.submit(() -> {
              for (long call = first; call < calls; call += lanes) {
                payAt(start + call * step, call);
              }
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private void payAt(long due, long call) throws IOException, InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    String key = run + "-" + call;
    int status =
        client
            .send(
                HttpRequest.newBuilder(url)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", "Bearer sk_test_bench")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(body(key)))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    if (status != 200) {
      throw new IOException("answered " + status);
    }
    micros.recordValue(Math.min((System.nanoTime() - due) / 1_000, LIMIT.toNanos() / 1_000));
  }

  private static String body(String key) {
    return "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&metadata[order_id]="
        + key
        + "&description="
        + "y".repeat(560);
  }
}
