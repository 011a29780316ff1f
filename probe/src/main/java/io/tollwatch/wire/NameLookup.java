package io.tollwatch.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves names with a time limit. Thread-safe.
///
/// The system's resolver can't be interrupted and would hold a carrier of virtual threads for as
/// long as a name server is silent, so it runs on platform threads, at most [#THREADS] of them.
final class NameLookup implements DnsResolver {

  private static final int THREADS = 32;
  private static final ExecutorService RESOLVERS =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("tollwatch-dns-", 0).daemon().factory());

  private final Duration limit;

  NameLookup(Duration limit) {
    this.limit = limit;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Future<InetAddress[]> lookup = RESOLVERS.submit(() -> InetAddress.getAllByName(host));
    try {
      return lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failed(host + ": not resolved", e);
    } catch (TimeoutException e) {
      lookup.cancel(true);
      throw failed(
          host + ": the name servers did not answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      lookup.cancel(true);
      Thread.currentThread().interrupt();
      throw failed(host + ": interrupted", e);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private static UnknownHostException failed(String message, Throwable cause) {
    UnknownHostException failure = new UnknownHostException(message);
    failure.initCause(cause);
    return failure;
  }
}
