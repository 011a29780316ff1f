package io.tollwatch.proxy.cli;

import io.tollwatch.document.FileProblem;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.tollwatch.proxy.config.Configuration;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the configuration comes from: a file, or the built-in providers, and what the command line
/// says over it.
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

  /// Reads it, anew each time.
  Sidecar.Reread read() {
    for (Integer wanted : Arrays.asList(port, adminPort)) {
      if (wanted != null && (wanted < 0 || wanted > 65_535)) {
        return new Sidecar.Reread.Wrong("a port is a number from 0 to 65535, not " + wanted);
      }
    }
    return switch (read(file)) {
      case Sidecar.Reread.Right(Configuration right) -> new Sidecar.Reread.Right(overridden(right));
      case Sidecar.Reread.Wrong wrong -> wrong;
    };
  }

  /// Reads a file, or takes what is built in where there is none.
  static Sidecar.Reread read(@Nullable Path file) {
    if (file == null) {
      return new Sidecar.Reread.Right(Configuration.builtIn());
    }
    return switch (new ConfigReader(System.getenv()).read(file)) {
      case ConfigReading.Valid valid -> new Sidecar.Reread.Right(valid.configuration());
      case ConfigReading.Invalid invalid ->
          new Sidecar.Reread.Wrong(
              invalid.problems().stream().map(FileProblem::text).collect(Collectors.joining("\n")));
    };
  }

  private Configuration overridden(Configuration configuration) {
    Configuration result = configuration;
    if (data != null) {
      result = result.withData(data);
    }
    if (port != null) {
      result = result.withEgressPort(port);
    }
    return adminPort == null ? result : result.withAdminPort(adminPort);
  }
}
