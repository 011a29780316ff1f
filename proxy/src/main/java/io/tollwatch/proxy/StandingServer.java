package io.tollwatch.proxy;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A server that is opened anew when it has ended by itself. Helidon's listeners end for good at
/// the first connection that they can't accept, as when the process has no file left for one
/// (`EMFILE`): nobody could ask for a sidecar's health any more until its restart, though it takes
/// payments. Thread-safe.
final class StandingServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(StandingServer.class.getName());
  private static final long LOOK_MILLIS = 2_000;
  private static final int CONNECT_MILLIS = 1_000;

  private final String name;
  private final InetSocketAddress address;
  private final Supplier<WebServer> another;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread watch = Thread.ofVirtual().unstarted(this::watch);
  private WebServer server;

  private StandingServer(
      String name, WebServer server, InetSocketAddress address, Supplier<WebServer> another) {
    this.name = name;
    this.server = server;
    this.address = address;
    this.another = another;
  }

  /// Takes over one that has started, and looks after it.
  ///
  /// @param address where it listens
  /// @param another one for the same address, not started
  static StandingServer watching(
      String name, WebServer server, InetSocketAddress address, Supplier<WebServer> another) {
    StandingServer standing = new StandingServer(name, server, address, another);
    standing.watch.start();
    return standing;
  }

  private void watch() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Goes on after errors too: without files not even a class can be loaded.
  private void look() {
    try {
      if (isGone()) {
        openAnew();
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the {0} listener can''t be opened anew now: {1}", name, e.toString());
    }
  }

  /// Whether nobody listens there. One that is slow, or has its fill of connections, does; and
  /// where this process has no file to look with, it has none to listen with either.
  private boolean isGone() {
    try (Socket probe = new Socket()) {
      probe.connect(address, CONNECT_MILLIS);
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void openAnew() {
    if (closed.getCount() == 0) {
      return;
    }
    server.stop();
    server = another.get();
    server.start();
    if (server.isRunning()) { // Helidon itself says why it is not
      LOG.log(Level.WARNING, "the {0} listener had ended, and was opened anew", name);
    }
  }

  /// Stops it, for good.
  @Override
  public void close() {
    closed.countDown();
    stop();
  }

  private synchronized void stop() {
    server.stop();
  }
}
