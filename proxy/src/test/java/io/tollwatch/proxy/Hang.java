package io.tollwatch.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A gateway that takes calls and never answers. For `proxy/bench/hanging.sh`.
final class Hang {

  private Hang() {}

  /// Takes calls until it is killed.
  ///
  /// @param arguments the port
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket door =
        new ServerSocket(Integer.parseInt(arguments[0]), 4096, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket caller = door.accept();
        Thread.startVirtualThread(() -> hold(caller));
      }
    }
  }

  /// Until the caller has enough.
  private static void hold(Socket caller) {
    try (caller) {
      caller.getInputStream().skip(Long.MAX_VALUE);
    } catch (IOException e) {
      // it left in a hurry
    }
  }
}
