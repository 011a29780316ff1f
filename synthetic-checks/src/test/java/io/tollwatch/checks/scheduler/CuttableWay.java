package io.tollwatch.checks.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server on this machine that can be cut: connections break, and new ones are closed at
/// once. Thread-safe.
final class CuttableWay implements AutoCloseable {

  private final int server;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /// @param server its port
  CuttableWay(int server) {
    this.server = server;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void cut() {
    cut = true;
    open.forEach(CuttableWay::close);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        join(door.accept());
      }
    } catch (IOException e) {
      // the door is closed
    }
  }

  private void join(Socket client) {
    try {
      Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
      open.add(client);
      open.add(there);
      if (cut) {
        close(client);
        close(there);
      }
      Thread.ofVirtual().start(() -> copy(client, there));
      Thread.ofVirtual().start(() -> copy(there, client));
    } catch (IOException e) {
      close(client);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of the two is closed
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
