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

/// Where the configuration comes from: a file, or the built-in providers, and what is said over it.
/// Immutable.
///
/// @param file null for the built-in providers
/// @param data the ledger's folder, instead of the file's
/// @param port of the egress, instead of the file's
/// @param adminPort instead of the file's
record ConfigChoice(
    @Nullable Path file, @Nullable Path data, @Nullable Integer port, @Nullable Integer adminPort) {

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
