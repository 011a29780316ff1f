package io.tollwatch.proxy.http1;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Accepts clients, and gives each connection a virtual thread of its own. Thread-safe.
///
/// Not one of Helidon's: those end for good when the process has no file left for a connection
/// (`EMFILE`), and keep 8 KB for each client that does nothing. Here a client waits then, and is
/// accepted when there is a file again.
public final class Http1Listener {

  private static final System.Logger LOG = System.getLogger(Http1Listener.class.getName());

  /// How many clients wait to be accepted, as far as the system allows.
  private static final int BACKLOG = 1024;

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(15);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(50);
  private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final ServerSocket server;
  private final Securing securing;
  private final Http1Handler handler;
  private final Bounds bounds;
  private final LongSupplier nanos;
  private final Semaphore places;
  private final Set<Http1Connection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// What clients may take.
  ///
  /// @param headBytes how long a request's head may be
  /// @param connections how many there may be at once; others wait to be accepted
  /// @param idle how long one may stay without a request, or take for the next bytes of one
  public record Bounds(int headBytes, int connections, Duration idle) {}

  private Http1Listener(
      String name,
      ServerSocket server,
      Securing securing,
      Http1Handler handler,
      Bounds bounds,
      LongSupplier nanos) {
    this.name = name;
    this.server = server;
    this.securing = securing;
    this.handler = handler;
    this.bounds = bounds;
    this.nanos = nanos;
    this.places = new Semaphore(bounds.connections());
  }

  /// Opens one.
  ///
  /// @param name for people
  /// @param nanos a monotonic clock
  /// @throws IOException if it can't have the address
  public static Http1Listener open(
      String name,
      InetSocketAddress address,
      Securing securing,
      Http1Handler handler,
      Bounds bounds,
      LongSupplier nanos)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return start(name, server, securing, handler, bounds, nanos);
  }

  /// @param server is bound
  static Http1Listener start(
      String name,
      ServerSocket server,
      Securing securing,
      Http1Handler handler,
      Bounds bounds,
      LongSupplier nanos) {
    Http1Listener listener = new Http1Listener(name, server, securing, handler, bounds, nanos);
    Thread.ofPlatform().name("tollwatch-" + name).daemon().start(listener::accept);
    var _ = Thread.ofVirtual().name("tollwatch-idle").start(listener::closeIdle);
    return listener;
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /// Accepts no more, ends connections that wait for a request, and the others after the calls that
  /// run on them. Returns when all have ended, or those that have not are interrupted.
  ///
  /// @param grace how long running calls may take
  public void stop(Duration grace) {
    stopped.countDown();
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} was not closed in order: {1}", name, e.getMessage());
    }
    connections.forEach(connection -> connection.close(false));
    if (!ended(grace)) {
      connections.forEach(connection -> connection.close(true));
    }
  }

  private boolean ended(Duration limit) {
    try {
      if (places.tryAcquire(bounds.connections(), limit.toNanos(), TimeUnit.NANOSECONDS)) {
        // who accepts may wait for one, to see that there is nothing to accept any more
        places.release(bounds.connections());
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void accept() {
    Trouble trouble = new Trouble();
    while (!isStopped()) {
      places.acquireUninterruptibly();
      try {
        begin(server.accept());
        trouble.over();
      } catch (IOException | RuntimeException | Error e) {
        // whatever it is, no payment comes through where nobody accepts
        places.release();
        if (!isStopped()) {
          trouble.tell(e);
        }
      }
    }
  }

  private void begin(Socket client) throws IOException {
    Http1Connection connection =
        new Http1Connection(client, securing, handler, bounds.headBytes(), nanos);
    try {
      // a streamed answer's head and body are written apart: the second would wait for the
      // caller's delayed acknowledgement of the first, some 40 ms
      client.setTcpNoDelay(true);
      connections.add(connection);
      var _ = Thread.ofVirtual().name("tollwatch-client").start(() -> serve(connection));
    } catch (IOException | RuntimeException | Error e) {
      connections.remove(connection);
      client.close();
      throw e;
    }
    if (isStopped()) {
      connection.close(false);
    }
  }

  private void serve(Http1Connection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  private void closeIdle() {
    Duration period = LONGEST_LOOK.compareTo(bounds.idle()) < 0 ? LONGEST_LOOK : bounds.idle();
    while (!stopsWithin(period)) {
      for (Http1Connection connection : connections) {
        if (connection.idleTime().compareTo(bounds.idle()) > 0) {
          connection.close(false);
        }
      }
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private boolean stopsWithin(Duration time) {
    try {
      return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Clients that can't be accepted: told once a minute, tried again soon. Confined to the thread
  /// that accepts.
  private final class Trouble {

    private boolean told;
    private long toldAtNanos;

    void tell(Throwable reason) {
      long now = nanos.getAsLong();
      if (!told || now - toldAtNanos > TELL_AGAIN_NANOS) {
        try {
          LOG.log(
              Level.WARNING,
              "{0} can''t accept clients now, and tries again: {1}",
              name,
              reason.getMessage());
          told = true;
          toldAtNanos = now;
        } catch (RuntimeException | Error e) {
          // to tell may take a file too
        }
      }
      boolean _ = stopsWithin(AFTER_TROUBLE);
    }

    void over() {
      told = false;
    }
  }
}
