package io.tollwatch.proxy.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the configuration comes from, as the command line says it.
final class ConfigOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file. Without one the built-in providers are served.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: ./tollwatch-data, or what the file says).")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Egress port (default: 9400; 0 for any free one).")
  private @Nullable Integer port;

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      description = "Admin port (default: 9402; 0 for any free one).")
  private @Nullable Integer adminPort;

  /// What was chosen.
  ConfigChoice chosen() {
    return new ConfigChoice(file, data, port, adminPort);
  }
}
