package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A sidecar that may open few files, and more clients than that: once, its listeners ended for
/// good, and the thread that feeds its store.
class FewFilesTest {

  private static final int FILES = 640;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void moreClientsThanFilesAreForTheOthersToWait() throws Exception {
    List<String> few =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + FILES + " && exec \"$@\"", "sh"));
    few.addAll(QuickStart.command());
    try (FakeStripe stripe = FakeStripe.start()) {
      ChildSidecar.configure(folder, stripe, "");
      try (ChildSidecar child = ChildSidecar.start(few, folder, Map.of())) {
        child.awaitLine("may open " + FILES + " files: each listener accepts 64 at a time");
        Admin admin = Admin.of(child.data());
        List<Socket> clients = connect(URI.create(child.url("stripe")).getPort());
        assertThat(admin.get("/health/ready").statusCode()).as("meanwhile").isEqualTo(200);
        for (Socket client : clients) {
          client.close();
        }
        assertThat(Payments.send(Payments.stripe(child.url("stripe"), "few-1")).statusCode())
            .as("afterwards")
            .isEqualTo(200);
        child.awaitRecorded(1);
        assertThat(admin.get("/health/ready").body()).isEqualTo("ready\n");
      }
    }
  }

  private static List<Socket> connect(int port) throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    return clients;
  }
}
