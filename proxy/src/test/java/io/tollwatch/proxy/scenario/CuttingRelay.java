package io.tollwatch.proxy.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// Passes connections on to a server; of the first one it drops the answer and closes it.
final class CuttingRelay implements AutoCloseable {

  private final ServerSocket listener;

  private CuttingRelay(ServerSocket listener) {
    this.listener = listener;
  }

  static CuttingRelay before(URI server) throws IOException {
    CuttingRelay relay =
        new CuttingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> relay.run(server));
    return relay;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void run(URI server) {
    boolean first = true;
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket onward = new Socket(server.getHost(), server.getPort());
        Thread.ofVirtual().start(() -> pump(client, onward));
        if (first) {
          int _ = onward.getInputStream().read();
          client.close();
          onward.close();
        } else {
          Thread.ofVirtual().start(() -> pump(onward, client));
        }
        first = false;
      } catch (IOException e) {
        // closed
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them is closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
