package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.config.Configuration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which data folder and which store are meant: those of a configuration file, or a folder with the
/// embedded store.
final class DataOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file, for a store in PostgreSQL. Without one: the embedded one.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the ledger (default: ./tollwatch-data, or what the file says).")
  private @Nullable Path data;

  /// Reads it.
  Sidecar.Reread read() {
    Sidecar.Reread read = ConfigChoice.read(file);
    return data != null && read instanceof Sidecar.Reread.Right(Configuration right)
        ? new Sidecar.Reread.Right(right.withData(data))
        : read;
  }
}
