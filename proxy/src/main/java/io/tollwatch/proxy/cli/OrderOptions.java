package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.SystemTime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What commands that give orders to a running sidecar have in common. Only a place for them.
final class OrderOptions {

  private OrderOptions() {}

  /// Which sidecar is meant, and who reads its answer.
  static final class Folder {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Folder of the ledger (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("tollwatch-data");

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    Path data() {
      return data;
    }

    boolean json() {
      return json;
    }

    AdminClient sidecar() throws CommandFailed {
      return new Asked(data, SystemTime.real().wall()).sidecar();
    }
  }

  /// Where an order goes, why, and who gives it.
  static final class Giver {

    @Mixin private Folder folder = new Folder();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; kept in the ledger.")
    private String reason = "";

    @Option(
        names = "--who",
        paramLabel = "NAME",
        description = "Who orders it (default: the user of this process).")
    private String who = System.getProperty("user.name", "");

    Folder folder() {
      return folder;
    }

    /// Begins the body of a request.
    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("reason", reason);
      body.put("who", who);
      return body;
    }
  }

  /// For how long an order holds.
  static final class Span {

    @Option(
        names = "--for",
        required = true,
        paramLabel = "TIME",
        description = "For how long, such as 30m; at most 30d.")
    private String time = "";

    String time() {
      return time;
    }
  }
}
