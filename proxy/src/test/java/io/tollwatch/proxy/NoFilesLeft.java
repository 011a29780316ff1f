package io.tollwatch.proxy;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process with a listener, that takes all files it may have at a word, and lets them go at
/// another.
final class NoFilesLeft {

  private NoFilesLeft() {}

  static void main() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var opening =
        Listeners.forRoutes(
            "test", address, routes -> routes.get("/", (_, answer) -> answer.send("here")));
    if (!(opening instanceof Listeners.Opening.Open open)) {
      throw new IOException(opening.toString());
    }
    IO.println(open.address().getPort());
    try (var _ = open.server()) {
      IO.readln();
      List<FileInputStream> files = takeAll();
      IO.println("taken");
      IO.readln();
      for (FileInputStream file : files) {
        file.close();
      }
      IO.println("let go");
      IO.readln();
    }
  }

  private static List<FileInputStream> takeAll() {
    List<FileInputStream> files = new ArrayList<>();
    Path nothing = Path.of("/dev/null");
    while (true) {
      try {
        files.add(new FileInputStream(nothing.toFile()));
      } catch (IOException e) {
        return files; // there are no more
      }
    }
  }
}
