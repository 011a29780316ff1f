package io.tollwatch.proxy.events;

import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.reconcile.DoubleCharge;
import io.tollwatch.reconcile.Doubt;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Tells the payment service what payments in doubt came to, at least once and in the order in
/// which it was learned. What is to be told is read from the ledger and how far it was told is kept
/// in the data folder, so that a restart forgets nothing and memory has a page of it at most. It
/// also tells which payments are in doubt and which were taken twice, at least once while that is
/// known: after a restart again, under the same id. An event that is not taken is told again after
/// 1 s to 5 min. Confined to one thread.
public final class EventSender {

  private static final System.Logger LOG = System.getLogger(EventSender.class.getName());
  private static final int PAGE = 50;

  /// More than can be open at once, and than double charges are remembered.
  private static final int MAX_ANNOUNCED = 2 * Doubts.MAX;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// Of two that are learned at once the later may be written first: both are waited for.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI url;
  private final EventSignature signature;
  private final Told told;
  private final SequencedSet<String> announced = new LinkedHashSet<>();
  private final InstantSource clock;
  private final LongSupplier nanos;
  private Duration pause = FIRST_PAUSE;
  private boolean pausing;
  private long againNanos;
  private volatile Optional<String> trouble = Optional.empty();

  /// @param folder where it is kept how far was told
  public EventSender(
      URI url, EventSignature signature, Path folder, InstantSource clock, LongSupplier nanos) {
    this.url = url;
    this.signature = signature;
    this.told = new Told(folder, clock.instant());
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Tells what is new, until something is not taken.
  ///
  /// @throws UncheckedIOException if the ledger or the disk fails
  public void round(ExchangeReader ledger) {
    if (isPausing()) {
      return;
    }
    boolean more = true;
    while (more) {
      Told.Position last = told.last();
      List<Resolution> next =
          ledger.resolutionsAfter(
              last.at(), last.exchange(), clock.instant().minus(SETTLING), PAGE);
      for (Resolution each : next) {
        if (!tell(EventJson.id(each), EventJson.bytes(each))) {
          return;
        }
        told.advance(each);
      }
      more = next.size() == PAGE;
    }
  }

  /// Tells what is in doubt, and what was taken twice, until something is not taken.
  public void announce(Doubts doubts) {
    if (isPausing()) {
      return;
    }
    for (DoubleCharge each : doubts.doubleCharges()) {
      if (!announce(EventJson.id(each), () -> EventJson.bytes(each))) {
        return;
      }
    }
    for (Doubt each : doubts.list()) {
      if (each.money() == Money.IN_DOUBT
          && !announce(EventJson.id(each), () -> EventJson.bytes(each))) {
        return;
      }
    }
  }

  private boolean announce(String id, Supplier<byte[]> body) {
    if (announced.contains(id)) {
      return true;
    }
    boolean taken = tell(id, body.get());
    if (taken) {
      announced.add(id);
      while (announced.size() > MAX_ANNOUNCED) {
        announced.removeFirst();
      }
    }
    return taken;
  }

  private boolean isPausing() {
    return pausing && nanos.getAsLong() - againNanos < 0;
  }

  /// What keeps events from being taken; empty if nothing does.
  public Optional<String> trouble() {
    return trouble;
  }

  private boolean tell(String id, byte[] body) {
    Optional<String> failed = post(id, body);
    if (failed.isEmpty()) {
      pausing = false;
      pause = FIRST_PAUSE;
    } else {
      pausing = true;
      againNanos = nanos.getAsLong() + pause.toNanos();
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
      if (trouble.isEmpty()) {
        LOG.log(Level.WARNING, "events are not taken at {0}: {1}", url, failed.get());
      }
    }
    trouble = failed;
    return failed.isEmpty();
  }

  private Optional<String> post(String id, byte[] body) {
    Instant now = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", signature.of(id, now, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of("answered " + answer.statusCode());
    } catch (IOException e) {
      return Optional.of(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
