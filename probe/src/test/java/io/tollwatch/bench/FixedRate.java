package io.tollwatch.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/// Pays so many times a second, whatever the answers take, for `proxy/bench/run`. Each time is
/// taken from when the call was due, so a server that stands still is charged for all that it kept
/// waiting. Prints calls a second and the 50th, 99th and 99.9th percentile in microseconds.
final class FixedRate {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final int LANES = 32;

  private final CloseableHttpClient client;
  private final Histogram micros = new ConcurrentHistogram(LIMIT.toNanos() / 1_000, 3);
  private final LongAdder refused = new LongAdder();
  private final List<URI> urls;
  private final int lanes;
  private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

  private FixedRate(List<URI> urls, int lanes) {
    this.urls = urls;
    this.lanes = lanes;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(lanes)
                    .setMaxConnTotal(lanes)
                    .build())
            .disableAutomaticRetries()
            .build();
  }

  /// Runs for a while.
  ///
  /// @param arguments URLs to call in turn, with commas between, calls a second, seconds, and how
  ///   many calls may be under way if not 32
  public static void main(String[] arguments) throws Exception {
    FixedRate rate =
        new FixedRate(
            Stream.of(arguments[0].split(",", -1)).map(URI::create).toList(),
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : LANES);
    int perSecond = Integer.parseInt(arguments[1]);
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
    rate.pay(perSecond, WARM_UP);
    rate.micros.reset();
    rate.refused.reset();
    double seconds = rate.pay(perSecond, time);
    System.out.printf(
        "%.0f %d %d %d %.0f%n",
        rate.micros.getTotalCount() / seconds,
        rate.micros.getValueAtPercentile(50),
        rate.micros.getValueAtPercentile(99),
        rate.micros.getValueAtPercentile(99.9),
        rate.refused.sum() / seconds);
  }

  /// In lanes that take turns; each has one call under way at most.
  ///
  /// @return after how many seconds all were answered
  private double pay(int perSecond, Duration time) throws Exception {
    long calls = perSecond * time.toSeconds();
    long step = Duration.ofSeconds(1).toNanos() / perSecond;
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads =
        lanes > LANES
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(lanes)) {
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
    return (System.nanoTime() - start) / 1e9;
  }

  private void payAt(long due, long call) throws IOException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    String key = run + "-" + call;
    HttpPost post = new HttpPost(urls.get((int) (call % urls.size())));
    post.setHeader("Authorization", "Bearer sk_test_bench");
    post.setHeader("Idempotency-Key", key);
    post.setEntity(new StringEntity(body(key), ContentType.APPLICATION_FORM_URLENCODED));
    int status =
        client.execute(
            post,
            answer -> {
              EntityUtils.consume(answer.getEntity());
              return answer.getCode();
            });
    if (status == 503) {
      refused.increment();
      return;
    }
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
